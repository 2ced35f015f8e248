// What the verifier finds when somebody with the writer's rights has tampered.
#include "records/attaching.h"
#include "records/sealed_parts.h"
#include "registry.h"

using namespace registry;

namespace {

const std::string kManifest = "records/00/00/00/00000001/manifest.json";

// An act that only writes to main, as the operator could do it.
void rewrite(Registry& office, const std::string& path, const std::function<void(Json&)>& change) {
  auto json = parse_json(office.store().evidence().require(path));
  change(json);
  auto forged = act("maintenance", "store", "system");
  forged.decide = [&](const store::Now&, store::Changes& changes) {
    changes.put(path, canonical(json));
  };
  office.store().commit(forged);
}

bool told(const std::vector<std::string>& faults, const std::string& what) {
  return std::any_of(faults.begin(), faults.end(), [&](const std::string& fault) {
    return fault.find(what) != std::string::npos;
  });
}

// An office with two agreements: of zhou07 and of wu06.
struct Filed : Registry {
  Filed() {
    publish("nda-employee");
    file_agreement("zhou07");
    file_agreement("wu06");
    REQUIRE(faults().empty());
  }
  std::vector<std::string> after(const std::function<void(Json&)>& change) {
    rewrite(*this, kManifest, change);
    return faults();
  }
};

void put(Registry& office, const std::string& path, const Bytes& bytes) {
  auto forged = act("maintenance", "store", "system");
  forged.decide = [&](const store::Now&, store::Changes& changes) { changes.put(path, bytes); };
  office.store().commit(forged);
}

}  // namespace

TEST_CASE("a statement exchanged for another record's is found", "[records]") {
  Filed office;
  const auto other = records::all_records(office.store().evidence()).back();
  const auto faults = office.after([&](Json& manifest) {
    for (auto& part : manifest["parts"]) {
      for (const auto& own : other.parts) {
        if (part["part"] != own.part) continue;
        part["payload"] = own.payload;
        part["ciphertext"] = own.ciphertext;
      }
    }
  });
  CHECK(told(faults, "is not what was sealed"));
  CHECK(told(faults, "00000001/content"));
  CHECK(told(faults, "00000001/01-agreement"));
}

TEST_CASE("an altered account, date, number, class or year in a manifest is found", "[records]") {
  const auto altered = [](const char* key, const Json& value) {
    Filed office;
    return office.after([&](Json& manifest) { manifest[key] = value; });
  };
  CHECK(told(altered("account", "chen04"), "what was signed is not this record"));
  CHECK(told(altered("date", "2020-01-01"), "what was signed is not this record"));
  CHECK(told(altered("imported", true), "what was signed is not this record"));
  CHECK(told(altered("number", "NDA-115-0009"), "does not follow"));
  CHECK(told(altered("number", "XYZ-115-0001"), "the form's pattern"));
  CHECK(told(altered("retention", "room-3y"), "is not the form's"));
  CHECK(told(altered("filing_year", 2020), "the filing year"));
  CHECK(told(altered("signatures_due", 2), "signatures due"));
  CHECK(told(altered("form_digest", "sha256:" + std::string(64, '0')), "the form is not"));
}

TEST_CASE("an altered line about a signature is found", "[records]") {
  const auto altered = [](const char* key, const Json& value) {
    Filed office;
    return office.after([&](Json& manifest) { manifest["signatures"][0][key] = value; });
  };
  CHECK(told(altered("account", "chen04"), "differs from the statement"));
  CHECK(told(altered("role", "approver"), "differs from the statement"));
  CHECK(told(altered("at", "2020-01-01T00:00:00Z"), "differs from the statement"));
  CHECK(told(altered("certificate", std::string(64, '0')), "differs from the statement"));
  CHECK(told(altered("meaning", "核准"), "differs from the statement"));
}

TEST_CASE("a part that is missing, or stands there twice, is found", "[records]") {
  for (int part = 0; part < 5; ++part) {
    Filed office;
    INFO(part);
    CHECK(told(office.after([&](Json& manifest) { manifest["parts"].erase(part); }), "is missing"));
  }
  Filed office;
  CHECK(told(office.after([](Json& m) { m["parts"].push_back(m["parts"][0]); }), "or twice"));
}

TEST_CASE("a manifest written without a signature is found, though it is as before", "[records]") {
  Filed office;
  const auto bytes = office.store().evidence().require(kManifest);
  rewrite(office, kManifest, [](Json& manifest) { manifest["filing_year"] = 2025; });
  rewrite(office, kManifest, [](Json& manifest) { manifest["filing_year"] = 2026; });
  REQUIRE(office.store().evidence().require(kManifest) == bytes);
  CHECK(told(office.faults(), "not written once for each signature"));
}

TEST_CASE("a manifest that was removed leaves a gap", "[records]") {
  Filed office;
  auto forged = act("maintenance", "store", "system");
  forged.decide = [](const store::Now&, store::Changes& changes) { changes.remove(kManifest); };
  office.store().commit(forged);
  CHECK(told(office.faults(), "the sequence has a gap"));
  CHECK(told(office.faults(), "does not follow"));
}

TEST_CASE("a form altered after it was published is found", "[records]") {
  Filed office;
  const std::string path = "forms/nda-employee/versions/2.1/text.md";
  const auto text = office.store().evidence().require(path) + "\n另加一點。\n";
  auto forged = act("maintenance", "store", "system");
  forged.decide = [&](const store::Now&, store::Changes& changes) { changes.put(path, text); };
  office.store().commit(forged);
  CHECK(told(office.faults(), "the form is not as it was"));
}

TEST_CASE("a signature by somebody whose turn it was not is found", "[records]") {
  Registry office;
  office.publish("corrective-action");
  const auto record = office.file_action();
  // Signed as reviewer under the form; then the form in evidence is given another order.
  office.sign_next(record.id, "zhao02", "reviewer");
  CHECK(office.faults().empty());
  auto forged = act("maintenance", "store", "system");
  const std::string path = "forms/corrective-action/versions/1.0/form.yaml";
  auto yaml = office.store().evidence().require(path);
  yaml.replace(yaml.find("role: reviewer"), 14, "role: approver");
  forged.decide = [&](const store::Now&, store::Changes& changes) { changes.put(path, yaml); };
  office.store().commit(forged);
  CHECK(told(office.faults(), "now waits for the role 'approver'"));
}

TEST_CASE("counters wound back or ahead are found", "[records]") {
  const auto altered = [](const Json& counters) {
    Filed office;
    rewrite(office, "records/numbers.json", [&](Json& numbers) { numbers = counters; });
    return office.faults();
  };
  const auto counters = [](int sequence, int running) {
    return Json{{"sequence", sequence}, {"forms", {{"nda-employee", {{"115", running}}}}}};
  };
  CHECK(altered(counters(2, 2)).empty());
  CHECK(told(altered(counters(1, 2)), "counters"));
  CHECK(told(altered(counters(2, 1)), "counters"));
  CHECK(told(altered(counters(2, 3)), "counters"));
  CHECK(told(altered({{"sequence", 2}, {"forms", Json::object()}}), "counters"));
}

TEST_CASE("a number given twice is found", "[records]") {
  Filed office;
  CHECK(told(office.after([](Json& m) { m["number"] = "NDA-115-0002"; }), "given twice"));
}

TEST_CASE("a correction of nothing, of another form, of another person, of later or twice is found",
          "[records]") {
  Registry office;
  office.publish("corrective-action");
  office.publish("nda-employee");
  const auto agreement = office.file_agreement();
  const auto old = office.file_action();
  auto corrected = office.blank("corrective-action", action_values("已完成"));
  corrected.corrects = old.id;
  const auto first = office.file(corrected, "wu06", "owner");
  corrected.corrects = first.id;
  const auto second = office.file(corrected, "wu06", "owner");
  REQUIRE(office.faults().empty());
  const auto corrects = [&](const std::string& id) {
    rewrite(office, model::record_folder(first.sequence) + "/manifest.json",
            [&](Json& manifest) { manifest["corrects"] = id; });
    return office.faults();
  };
  CHECK(told(corrects("01JD9V3K5W8Q2M4N6P7R9S1T0V"), "is not there"));
  CHECK(told(corrects(agreement.id), "another form, person or day"));
  CHECK(told(corrects(second.id), "not filed before"));
  CHECK_FALSE(told(corrects(old.id), "more than once"));
  rewrite(office, model::record_folder(second.sequence) + "/manifest.json",
          [&](Json& manifest) { manifest["corrects"] = old.id; });
  CHECK(told(office.faults(), "more than once"));
  rewrite(office, model::record_folder(old.sequence) + "/manifest.json",
          [&](Json& manifest) { manifest["account"] = "lin01"; });
  CHECK(told(office.faults(), "another form, person or day"));
}

TEST_CASE("a copy in force that is not the newest version is found", "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  office.publish(with_version(files, "2.1", "2.2"));
  REQUIRE(office.faults().empty());
  for (const auto& [name, bytes] :
       {std::pair{"text.md", files.text + "\n另加一點。\n"}, std::pair{"form.yaml", files.yaml}}) {
    const auto path = "forms/nda-employee/" + std::string(name);
    const auto before = office.store().evidence().require(path);
    put(office, path, bytes);
    CHECK(told(office.faults(), "newest version"));
    put(office, path, before);
    CHECK(office.faults().empty());
  }
}

TEST_CASE("a version that is not what was published, or that nobody published, is found",
          "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  const std::string folder = "forms/nda-employee/versions/2.1/";
  put(office, folder + "schema.json", files.schema + "\n");
  put(office, "forms/nda-employee/schema.json", files.schema + "\n");
  CHECK(told(office.faults(), "not what its publication"));
  const auto forged = with_version(files, "2.1", "2.2");
  put(office, "forms/nda-employee/versions/2.2/form.yaml", forged.yaml);
  CHECK(told(office.faults(), "2.2"));
}

TEST_CASE("an attachment by somebody else, or signed for another record, is found", "[records]") {
  const auto forged = [](const std::string& account, const std::string& other) {
    Filed office;
    auto& store = office.store();
    const auto record = records::all_records(store.evidence()).front();
    const auto staged = store.stage(records::attachment_request(record), source_of("佐證"));
    auto subject = records::prepare_attachment(store, record, {"佐證.txt", 6, staged},
                                               signer("zhou07"), act("attachment", "", "zhou07"))
                       .statement.subject;
    if (!other.empty()) subject["id"] = other;
    auto prepared = identity::prepare(store, {"record", "附件", subject, signer(account)},
                                      act("attachment", "record " + record.id, account), {});
    prepared.file = [&](const store::Now& now, store::Changes& changes,
                        const identity::Signed& own) {
      auto present = records::require_record(now.evidence, record.id);
      records::RecordWriter writer(changes, present);
      writer.add_attachment(store, prepared, own.cms, now.log_index, staged);
      writer.put_manifest();
    };
    office.sign(prepared, account);
    return office.faults();
  };
  CHECK(forged("zhou07", "").empty());
  CHECK(told(forged("lin01", ""), "files are attached to"));
  CHECK(told(forged("zhou07", "01JD9V3K5W8Q2M4N6P7R9S1T0V"), "not this attachment"));
}
