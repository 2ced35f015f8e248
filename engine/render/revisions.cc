#include "render/revisions.h"

#include <algorithm>
#include <set>

#include "render/hostile.h"

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

// As it stands in the file: an object's own bytes, references unresolved.
std::string bytes_of(Object object) {
  if (!object.isStream()) return object.unparseResolved();
  const auto data = object.getRawStreamData();
  return object.getDict().unparse() + "\n" +
         std::string(data->getBuffer(), data->getBuffer() + data->getSize());
}

std::string bytes_without(Object dictionary, const std::set<std::string>& keys) {
  auto copy = dictionary.shallowCopy();
  for (const auto& key : keys) copy.removeKey(key);
  return copy.unparse();
}

bool has_type(Object object, const std::string& type) {
  if (!object.isDictionary()) return false;
  auto name = object.getKey("/Type");
  return name.isName() && name.getName() == type;
}

bool is_signature_field(Object object) {
  if (!object.isDictionary()) return false;
  auto type = object.getKey("/FT");
  return type.isName() && type.getName() == "/Sig";
}

std::string kind_of(Object object) {
  if (has_type(object, "/Page") || has_type(object, "/Pages")) return "page";
  if (has_type(object, "/Catalog")) return "catalog";
  if (has_type(object, "/Sig")) return "signature";
  if (is_signature_field(object)) return "field";
  if (has_type(object, "/Font") || has_type(object, "/FontDescriptor")) return "font";
  if (object.isDictionary() && object.hasKey("/Fields")) return "form";
  return object.isStream() ? "stream" : "object";
}

// The certificates and answers about revocation that the file keeps, by their bytes.
std::set<std::string> validation_data_of(QPDF& pdf) {
  auto store = pdf.getRoot().getKey("/DSS");
  std::set<std::string> all;
  if (!store.isDictionary()) return all;
  for (const char* key : {"/Certs", "/CRLs", "/OCSPs"}) {
    auto list = store.getKey(key);
    for (int i = 0; list.isArray() && i < list.getArrayNItems(); ++i)
      all.insert(bytes_of(list.getArrayItem(i)));
  }
  return all;
}

// A field with nothing to be seen, whose value is a time stamp over the document.
bool is_time_stamp_field(Object field) {
  static const auto unseen =
      Object::parse("<< /FT /Sig /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /F 4 >>").unparse();
  return is_signature_field(field) && has_type(field.getKey("/V"), "/DocTimeStamp") &&
         bytes_without(field, {"/T", "/V"}) == unseen;
}

// The fields of before stand first and as they were, and such fields alone follow.
bool adds_time_stamps(Object was, Object is) {
  auto before = was.getKey("/Fields");
  auto after = is.getKey("/Fields");
  if (!before.isArray() || !after.isArray()) return false;
  const int kept = before.getArrayNItems();
  if (after.getArrayNItems() < kept) return false;
  for (int i = 0; i < after.getArrayNItems(); ++i) {
    auto field = after.getArrayItem(i);
    const bool good =
        i < kept ? before.getArrayItem(i).unparse() == field.unparse() : is_time_stamp_field(field);
    if (!good) return false;
  }
  return true;
}

class Comparison {
 public:
  Comparison(QPDF& before, QPDF& after) : before_(before), after_(after) {}

  std::vector<ObjectChange> run() {
    form_ = before_.getRoot().getKey("/AcroForm").getObjGen();
    std::set<QPDFObjGen> there;
    for (const Object& object : after_.getAllObjects()) there.insert(object.getObjGen());
    for (Object object : before_.getAllObjects()) {
      const auto id = object.getObjGen();
      if (is_reference_data(object)) continue;
      if (!there.contains(id) || differs(object, after_.getObject(id)))
        changes_.push_back({id.getObj(), kind_of(object)});
    }
    if (before_.getRoot().getObjGen() != after_.getRoot().getObjGen())
      changes_.push_back({after_.getRoot().getObjectID(), "catalog"});
    if (!keeps_validation_data())
      changes_.push_back({after_.getRoot().getObjectID(), "validation-data"});
    return std::move(changes_);
  }

 private:
  // The cross-reference and object streams of a revision are how it is written, not what it says.
  static bool is_reference_data(Object object) {
    if (!object.isStream()) return false;
    return has_type(object.getDict(), "/XRef") || has_type(object.getDict(), "/ObjStm");
  }

  bool keeps_validation_data() {
    const auto was = validation_data_of(before_);
    const auto is = validation_data_of(after_);
    return std::includes(is.begin(), is.end(), was.begin(), was.end());
  }

  bool differs(Object was, Object is) {
    if (bytes_of(was) == bytes_of(is)) return false;
    if (!was.isDictionary() || !is.isDictionary()) return true;
    const auto allowed = may_change(was, is);
    return allowed.empty() || bytes_without(was, allowed) != bytes_without(is, allowed);
  }

  // An empty field is painted by who signs in it, and by nobody else.
  std::set<std::string> may_change(Object was, Object is) {
    if (is_signature_field(was) && !was.hasKey("/V") && is.hasKey("/V")) return {"/V", "/AP"};
    if (was.getObjGen() == form_)
      return adds_time_stamps(was, is) ? std::set<std::string>{"/SigFlags", "/Fields"}
                                       : std::set<std::string>{"/SigFlags"};
    if (was.getObjGen() == before_.getRoot().getObjGen()) return {"/DSS", "/Extensions"};
    return {};
  }

  QPDF& before_;
  QPDF& after_;
  QPDFObjGen form_;
  std::vector<ObjectChange> changes_;
};

}  // namespace

std::vector<ObjectChange> changes_between(std::string_view before, std::string_view after) {
  std::vector<ObjectChange> changes;
  const auto old_file = hostile::open(before);
  const auto new_file = hostile::open(after);
  hostile::guarded([&] { changes = Comparison(*old_file, *new_file).run(); });
  return changes;
}

}  // namespace vermilion::render
