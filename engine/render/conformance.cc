#include "render/conformance.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>

#include "base/error.h"

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

constexpr const char* producer = "Vermilion";

struct LevelName {
  int part;
  char conformance;
};

LevelName name_of(Conformance level) {
  switch (level) {
    case Conformance::u2:
      return {2, 'U'};
    case Conformance::a3a:
      return {3, 'A'};
    case Conformance::u3:
      return {3, 'U'};
    case Conformance::b1:
      return {1, 'B'};
    case Conformance::a2a:
      break;
  }
  return {2, 'A'};
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '&')
      result += "&amp;";
    else if (c == '<')
      result += "&lt;";
    else
      result += c;
  }
  return result;
}

std::string iso_date(Date date) {
  return fmt::format("{:04}-{:02}-{:02}T00:00:00+08:00", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string description(const std::string& prefix, const std::string& uri,
                        const std::string& members) {
  return fmt::format("<rdf:Description rdf:about=\"\" xmlns:{}=\"{}\">{}</rdf:Description>\n",
                     prefix, uri, members);
}

// PDF/A wants a description of every schema that it does not know itself.
constexpr const char* ua_schema =
    "<rdf:Description rdf:about=\"\" xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\"><pdfaExtension:schemas><rdf:Bag>"
    "<rdf:li rdf:parseType=\"Resource\"><pdfaSchema:schema>PDF/UA "
    "identification</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    "<rdf:li rdf:parseType=\"Resource\"><pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>part of ISO 14289</pdfaProperty:description></rdf:li></rdf:Seq>"
    "</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n";

std::string metadata(const Declaration& declaration) {
  const LevelName level = name_of(declaration.level);
  const std::string date = iso_date(declaration.date);
  const std::string title = escaped(declaration.title);
  std::string members = "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + title +
                        "</rdf:li></rdf:Alt></dc:title>";
  if (!declaration.author.empty())
    members += "<dc:creator><rdf:Seq><rdf:li>" + escaped(declaration.author) +
               "</rdf:li></rdf:Seq></dc:creator>";
  std::string packet =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n";
  packet += description(
      "pdfaid", "http://www.aiim.org/pdfa/ns/id/",
      fmt::format("<pdfaid:part>{}</pdfaid:part><pdfaid:conformance>{}</pdfaid:conformance>",
                  level.part, level.conformance));
  packet += description("dc", "http://purl.org/dc/elements/1.1/", members);
  packet += description(
      "xmp", "http://ns.adobe.com/xap/1.0/",
      fmt::format("<xmp:CreateDate>{0}</xmp:CreateDate><xmp:ModifyDate>{0}</xmp:ModifyDate>",
                  date));
  packet += description("pdf", "http://ns.adobe.com/pdf/1.3/",
                        fmt::format("<pdf:Producer>{}</pdf:Producer>", producer));
  if (is_tagged(declaration.level))
    packet += description("pdfuaid", "http://www.aiim.org/pdfua/ns/id/",
                          "<pdfuaid:part>1</pdfuaid:part>") +
              ua_schema;
  return packet + "</rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

void add_metadata(QPDF& pdf, const Declaration& declaration) {
  auto stream = Object::newStream(&pdf, metadata(declaration));
  stream.getDict().replaceKey("/Type", Object::newName("/Metadata"));
  stream.getDict().replaceKey("/Subtype", Object::newName("/XML"));
  pdf.getRoot().replaceKey("/Metadata", stream);
}

void add_information(QPDF& pdf, const Declaration& declaration) {
  auto info = Object::newDictionary();
  info.replaceKey("/Title", Object::newUnicodeString(declaration.title));
  if (!declaration.author.empty())
    info.replaceKey("/Author", Object::newUnicodeString(declaration.author));
  info.replaceKey("/Producer", Object::newString(producer));
  info.replaceKey("/CreationDate", Object::newString(pdf_date(declaration.date)));
  info.replaceKey("/ModDate", Object::newString(pdf_date(declaration.date)));
  pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
}

Bytes profile_bytes() {
  std::ifstream file(colour_profile(), std::ios::binary);
  Bytes bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (bytes.empty()) {
    throw Error(
        Failure::unavailable, "colour-profile-missing",
        {fmt::format("讀不到色彩描述檔「{}」；請安裝套件 icc-profiles-free。",
                     colour_profile().string()),
         fmt::format("The colour profile {} cannot be read. Install the package icc-profiles-free.",
                     colour_profile().string())});
  }
  return bytes;
}

void add_colours(QPDF& pdf) {
  auto profile = Object::newStream(&pdf, profile_bytes());
  profile.getDict().replaceKey("/N", Object::newInteger(3));
  auto intent = pdf.makeIndirectObject(
      Object::parse("<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
                    "/Info (sRGB IEC61966-2.1) >>"));
  intent.replaceKey("/DestOutputProfile", profile);
  auto intents = Object::newArray();
  intents.appendItem(intent);
  pdf.getRoot().replaceKey("/OutputIntents", intents);
}

}  // namespace

bool is_tagged(Conformance level) { return level == Conformance::a2a || level == Conformance::a3a; }

std::string pdf_date(Date date) {
  return fmt::format("D:{:04}{:02}{:02}000000+08'00'", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::filesystem::path colour_profile() { return "/usr/share/color/icc/sRGB.icc"; }

void declare(QPDF& pdf, const Declaration& declaration) {
  add_information(pdf, declaration);
  add_metadata(pdf, declaration);
  add_colours(pdf);
  auto root = pdf.getRoot();
  root.replaceKey("/Lang", Object::newString("zh-Hant-TW"));
  root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
}

void attach(QPDF& pdf, const std::vector<Attachment>& attachments, Date date) {
  if (attachments.empty()) return;
  QPDFEmbeddedFileDocumentHelper files(pdf);
  auto associated = Object::newArray();
  for (const Attachment& attachment : attachments) {
    auto stream = QPDFEFStreamObjectHelper::createEFStream(pdf, attachment.bytes);
    stream.setSubtype(attachment.media_type);
    stream.setCreationDate(pdf_date(date));
    stream.setModDate(pdf_date(date));
    auto file = QPDFFileSpecObjectHelper::createFileSpec(pdf, attachment.name, stream);
    file.setDescription(attachment.description);
    file.getObjectHandle().replaceKey("/AFRelationship",
                                      Object::newName("/" + attachment.relationship));
    files.replaceEmbeddedFile(attachment.name, file);
    associated.appendItem(file.getObjectHandle());
  }
  pdf.getRoot().replaceKey("/AF", associated);
}

}  // namespace vermilion::render
