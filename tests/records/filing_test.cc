// Records filed, signed on and corrected; what is refused, and what is left readable.
#include "base/text.h"
#include "registry.h"

using namespace registry;

namespace {

using Lines = std::vector<std::string>;

Lines part_names(const model::Record& record) {
  Lines names;
  for (const auto& part : record.parts) names.push_back(part.part);
  return names;
}

// Whether any file below the store holds these bytes.
bool stands_in(const std::filesystem::path& folder, const std::string& word) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && file_bytes(entry.path()).find(word) != std::string::npos)
      return true;
    if (entry.path().filename().string().find(word) != std::string::npos) return true;
  }
  return false;
}

// Every object of evidence.git, inflated by stock git.
std::string git_objects(const Registry& office) {
  const auto git = "git -C " + quoted(office.path() / "evidence.git");
  return run(git + " rev-list --all --objects | cut -d' ' -f1 | " + git +
             " cat-file --batch --buffer")
      .output;
}

}  // namespace

TEST_CASE("a signed agreement is filed whole: number, signature, sealed parts", "[records]") {
  Registry office;
  office.publish("nda-employee");
  const auto record = office.file_agreement();
  CHECK(record.number == "NDA-115-0001");
  CHECK(record.sequence == 1);
  CHECK(record.account == "zhou07");
  CHECK(record.form_version == model::Version{2, 1});
  CHECK(record.retention == "nda-15y");
  CHECK(record.classification == "敏感");
  CHECK(record.filing_year == 2026);
  CHECK(model::is_complete(record));
  REQUIRE(record.signatures.size() == 1);
  CHECK(record.signatures[0].name == "01-agreement");
  CHECK(record.signatures[0].meaning == "同意並簽署");
  CHECK(record.signatures[0].account == "zhou07");
  CHECK(record.signatures[0].certificate == office.keys.at("zhou07").certificate.sha256());
  CHECK(part_names(record) ==
        Lines{"content", "shown", "01-agreement.statement", "01-agreement.p7s", "pdf"});
  CHECK(office.store().evidence().read("records/00/00/00/00000001/manifest.json"));
  CHECK(office.faults() == Lines());
}

TEST_CASE("a record opens as it was filed, and its statement says what was signed", "[records]") {
  Registry office;
  office.publish("nda-employee");
  const auto record = office.file_agreement();
  auto& store = office.store();
  CHECK(records::open_values(store, record) == agreement_values());
  const auto statements = records::open_statements(store, record);
  REQUIRE(statements.size() == 1);
  const auto& subject = statements[0].statement.subject;
  CHECK(statements[0].statement.kind == "agreement");
  CHECK(subject["id"] == record.id);
  CHECK(subject["text"] == records::require_form(store.evidence(), "nda-employee").text_digest);
  CHECK(subject["content"] == store.open_payload(record.parts[0].payload).commitment);
  CHECK(subject["shown"] == store.open_payload(record.parts[1].payload).commitment);
  CHECK(subject["scan"].is_null());
  // What was read has neither number nor signature; what was filed has both.
  CHECK_THAT(records::open_part(store, record, "shown"), Catch::Matchers::Contains("協定  0 {"));
  CHECK_THAT(records::open_part(store, record, "pdf"),
             Catch::Matchers::Contains("NDA-115-0001 1 {"));
}

TEST_CASE("a record is found by id and by number", "[records]") {
  Registry office;
  office.publish("nda-employee");
  const auto record = office.file_agreement();
  const auto evidence = office.store().evidence();
  CHECK(records::find_record(evidence, record.id)->number == "NDA-115-0001");
  CHECK(records::find_record(evidence, "NDA-115-0001")->id == record.id);
  CHECK_FALSE(records::find_record(evidence, "NDA-115-0002"));
  CHECK(office.refusal([&] { (void)records::require_record(evidence, "NDA-115-0002"); }) ==
        "no-record");
}

TEST_CASE("nothing that was typed into a record stands readable anywhere in the store",
          "[records]") {
  Registry office;
  office.publish("nda-employee");
  const std::string word = "鳶尾花七號";
  auto values = agreement_values();
  values["remark"] = word;
  const auto record = office.file(office.blank("nda-employee", values), "zhou07");
  CHECK(records::open_values(office.store(), record)["remark"] == word);
  office.store().settle();
  CHECK(stands_in(office.path(), record.id));  // the search itself finds what is there
  CHECK_FALSE(stands_in(office.path(), word));
  const auto objects = git_objects(office);
  CHECK(objects.find("NDA-115-0001") != std::string::npos);
  CHECK(objects.find("不因此消滅") != std::string::npos);  // of the published text
  CHECK(objects.find(word) == std::string::npos);
  CHECK(objects.find("周致遠") == std::string::npos);
}

TEST_CASE("numbers count without gaps, whatever is refused or fails between", "[records]") {
  Registry office;
  office.publish("corrective-action");
  office.publish("nda-employee");
  CHECK(office.file_action().number == "CAR-115-0001");
  const auto blank = office.blank("corrective-action", action_values());
  const auto late = office.prepare(blank, "wu06", "owner");
  office.clock.advance(std::chrono::minutes(16));
  CHECK(office.refusal([&] { office.sign(late, "wu06"); }) == "prepared-expired");
  const auto wrong = office.prepare(blank, "wu06", "owner");
  CHECK(office.refusal([&] { office.sign(wrong, "lin01"); }) == "wrong-person");
  auto record = blank;
  record.form = "nda-employee";
  record.values = agreement_values();
  record.read_digest = records::require_form(office.store().evidence(), "nda-employee").text_digest;
  int renditions = 0;
  const auto broken = records::prepare_record(
      office.store(), record,
      {[&](const records::Rendition&) -> Bytes {
         if (++renditions == 1) return "%PDF";
         throw Error(Failure::unavailable, "glyph-missing", {"缺字", "no glyph"});
       },
       {}},
      signer("zhou07"), act("record", "", "zhou07"));
  CHECK(office.refusal([&] { office.sign(broken, "zhou07"); }) == "glyph-missing");
  CHECK(office.file_agreement().number == "NDA-115-0001");
  CHECK(office.file_action().number == "CAR-115-0002");
  CHECK(records::all_records(office.store().evidence()).back().sequence == 3);
  CHECK(office.faults() == Lines());
}

TEST_CASE("numbers are of the record's year, and the key of the year of filing", "[records]") {
  Registry office;
  office.publish("corrective-action");
  auto old = office.blank("corrective-action", action_values());
  old.date = parse_date("民國114年12月31日");
  CHECK(office.file(old, "wu06", "owner").number == "CAR-114-0001");
  CHECK(office.file_action().number == "CAR-115-0001");
  office.clock.set("2026-12-31T16:30:00Z");  // half past midnight of 2027 in Taipei
  office.acknowledge_clock();
  const auto record = office.file_action();
  CHECK(record.number == "CAR-115-0002");
  CHECK(record.filing_year == 2027);
  CHECK(office.faults() == Lines());
  old.date = parse_date("2027-01-02");
  CHECK(office.refusal([&] { (void)office.prepare(old, "wu06", "owner"); }) == "date-in-future");
  old.date = parse_date("1911-10-10");
  CHECK(office.refusal([&] { (void)office.prepare(old, "wu06", "owner"); }) == "bad-date");
}

TEST_CASE("two records prepared at once get two numbers", "[records]") {
  Registry office;
  office.publish("corrective-action");
  const auto blank = office.blank("corrective-action", action_values());
  const auto one = office.prepare(blank, "wu06", "owner");
  const auto two = office.prepare(blank, "lin01", "owner");
  office.sign(two, "lin01");
  office.sign(one, "wu06");
  const auto all = records::all_records(office.store().evidence());
  REQUIRE(all.size() == 2);
  CHECK(all[0].number == "CAR-115-0001");
  CHECK(all[0].account == "lin01");
  CHECK(all[1].number == "CAR-115-0002");
}

TEST_CASE("what does not fit the form is refused before anything is signed", "[records]") {
  Registry office;
  office.publish("nda-employee");
  auto values = agreement_values();
  values.erase("position");
  CHECK(office.refusal([&] {
    (void)office.prepare(office.blank("nda-employee", values), "zhou07");
  }) == "values-invalid");
  CHECK(office.refusal([&] {
    auto record = office.blank("nda-employee", values);
    record.form = "nda-vendor-person";
    (void)office.prepare(record, "zhou07");
  }) == "no-form");
}

TEST_CASE("an agreement is signed by the person himself, once, on the text he read", "[records]") {
  Registry office;
  office.publish("nda-employee");
  auto blank = office.blank("nda-employee", agreement_values());
  const auto refused = [&](const records::NewRecord& record, const std::string& account) {
    return office.refusal([&] { (void)office.prepare(record, account); });
  };
  blank.account = "zhou07";
  CHECK(refused(blank, "ren09") == "not-the-subject");
  CHECK(office.refusal([&] {
    (void)records::prepare_record(office.store(), blank, {rendition, {}},
                                  signer("zhou07", "", "lin01"), act("record", "", "zhou07"));
  }) == "not-the-subject");
  auto unread = blank;
  unread.read_digest = "";
  CHECK(refused(unread, "zhou07") == "text-not-read");
  unread.read_digest = evidence::content_digest("另一份文字");
  CHECK(refused(unread, "zhou07") == "text-changed");
  auto nobody = blank;
  nobody.account = "nobody";
  CHECK(refused(nobody, "zhou07") == "no-person");
  office.file(blank, "zhou07");
  CHECK(refused(blank, "zhou07") == "already-signed");
}

TEST_CASE("a second signature prepared before the first was filed is refused", "[records]") {
  Registry office;
  office.publish("nda-employee");
  const auto blank = office.blank("nda-employee", agreement_values());
  const auto one = office.prepare(blank, "zhou07");
  const auto two = office.prepare(blank, "zhou07");
  office.sign(one, "zhou07");
  CHECK(office.refusal([&] { office.sign(two, "zhou07"); }) == "already-signed");
}

TEST_CASE("a text that is no longer in force is not signed", "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  auto blank = office.blank("nda-employee", agreement_values());
  const auto prepared = office.prepare(blank, "zhou07");
  office.publish(with_version(files, "2.1", "2.2"));
  CHECK(office.refusal([&] { office.sign(prepared, "zhou07"); }) == "form-superseded");
  CHECK(office.refusal([&] { (void)office.prepare(blank, "zhou07"); }) == "text-changed");
  blank.form_version = "2.1";
  CHECK(office.refusal([&] { (void)office.prepare(blank, "zhou07"); }) == "form-superseded");
  blank.form_version = "1.9";
  CHECK(office.refusal([&] { (void)office.prepare(blank, "zhou07"); }) == "no-form-version");
  CHECK(office.file_agreement().form_version == model::Version{2, 2});
}

TEST_CASE("whoever signed one version signs the next anew", "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  const auto old = office.file_agreement();
  office.publish(with_version(files, "2.1", "2.2"));
  CHECK(office.file_agreement().number == "NDA-115-0002");
  CHECK(records::require_record(office.store().evidence(), old.id).form_version ==
        model::Version{2, 1});
  CHECK(office.faults() == Lines());
}

TEST_CASE("an agreement on paper is recorded as such, with its scan", "[records]") {
  Registry office;
  office.publish("nda-employee");
  auto paper = office.blank("nda-employee", agreement_values());
  paper.account = "zhou07";
  paper.medium = model::Medium::paper;
  paper.read_digest = "";
  CHECK(office.refusal([&] { (void)office.prepare(paper, "ren09"); }) == "scan-missing");
  paper.scan = "%PDF-1.7 掃描之紙本";
  const auto record = office.file(paper, "ren09", "personnel");
  CHECK(record.medium == model::Medium::paper);
  CHECK(record.account == "zhou07");
  CHECK(model::is_complete(record));
  REQUIRE(record.signatures.size() == 1);
  CHECK(record.signatures[0].kind == "record");
  CHECK(record.signatures[0].meaning == "紙本登錄");
  CHECK(record.signatures[0].account == "ren09");
  CHECK(records::open_part(office.store(), record, "scan") == paper.scan);
  CHECK(office.refusal([&] { office.file_agreement(); }) == "already-signed");
  CHECK(office.faults() == Lines());
}

TEST_CASE("a record of before is imported on the version of then, complete and marked",
          "[records]") {
  Registry office;
  const auto files = form_files("corrective-action");
  office.publish(files);
  office.publish(with_version(files, "1.0", "1.1"));
  auto old = office.blank("corrective-action", action_values("已完成"));
  old.form_version = "1.0";
  old.date = parse_date("民國114年6月30日");
  CHECK(office.refusal([&] { (void)office.prepare(old, "wu06", "owner"); }) == "form-superseded");
  old.imported = true;
  const auto record = office.file(old, "sun05", "controller");
  CHECK(record.imported);
  CHECK(record.number == "CAR-114-0001");
  CHECK(record.form_version == model::Version{1, 0});
  CHECK(record.signatures[0].name == "01-import");
  CHECK(record.signatures[0].meaning == "匯入");
  CHECK(model::is_complete(record));
  CHECK(office.faults() == Lines());
}

TEST_CASE("a record is signed in the order of its form, each by the role whose turn it is",
          "[records]") {
  Registry office;
  office.publish("corrective-action");
  const auto blank = office.blank("corrective-action", action_values());
  CHECK(office.refusal([&] { (void)office.prepare(blank, "zhou07", "staff"); }) == "not-your-turn");
  CHECK(office.refusal([&] { (void)office.prepare(blank, "zhou07", "owner"); }) == "not-your-turn");
  auto record = office.file_action();
  const auto turn = [&] {
    const auto slot = records::next_slot(office.store().evidence(), record);
    return slot ? slot->meaning : "none";
  };
  CHECK(office.state(record) == records::RecordState::signing);
  CHECK(turn() == "審查");
  const auto refused = [&](const std::string& account, const std::string& role) {
    return office.refusal([&] { (void)office.prepare_next(record.id, account, role); });
  };
  CHECK(refused("wang03", "auditor") == "not-your-turn");
  CHECK(refused("wang03", "reviewer") == "not-your-turn");
  record = office.sign_next(record.id, "zhao02", "reviewer");
  CHECK(turn() == "驗證");
  CHECK_FALSE(records::has_part(record, "pdf"));
  record = office.sign_next(record.id, "wang03", "auditor");
  record = office.sign_next(record.id, "qian08", "secretary");
  CHECK(office.state(record) == records::RecordState::complete);
  CHECK(turn() == "none");
  CHECK(refused("qian08", "secretary") == "record-complete");
  CHECK_THAT(records::open_part(office.store(), record, "pdf"),
             Catch::Matchers::Contains("CAR-115-0001 4 {"));
  CHECK(office.faults() == Lines());
}

TEST_CASE("whoever verifies has not signed the record, nor is represented by one who has",
          "[records]") {
  Registry office;
  office.publish("corrective-action");
  office.hold("zhao02", "auditor");
  office.hold("wu06", "auditor");
  for (const char* delegate : {"lin01", "wu06"}) office.delegate("wang03", delegate);
  office.delegate("wu06", "lin01");
  const auto id = office.file_action().id;
  office.sign_next(id, "zhao02", "reviewer");
  const auto refused = [&](const std::string& account, const std::optional<std::string>& for_whom) {
    return office.refusal([&] { (void)office.prepare_next(id, account, "auditor", for_whom); });
  };
  CHECK(refused("zhao02", std::nullopt) == "same-person");
  CHECK(refused("wu06", std::nullopt) == "same-person");
  CHECK(refused("lin01", "wu06") == "same-person");
  CHECK(refused("wu06", "wang03") == "same-person");
  CHECK(refused("lin01", "wang03") == "done");
}

TEST_CASE("whoever was represented in one signature does not give a differing one", "[records]") {
  Registry office;
  office.publish("corrective-action");
  office.hold("lin01", "reviewer");
  office.hold("lin01", "auditor");
  office.delegate("lin01", "chen04");
  const auto id = office.file_action().id;
  office.sign(office.prepare_next(id, "chen04", "reviewer", "lin01"), "chen04");
  CHECK(office.refusal([&] { (void)office.prepare_next(id, "lin01", "auditor"); }) ==
        "same-person");
  office.sign_next(id, "wang03", "auditor");
  CHECK(office.faults() == Lines());
}

TEST_CASE("nobody signs for another without a delegation, nor in a role he does not hold",
          "[records]") {
  Registry office;
  office.publish("corrective-action");
  office.publish("nda-employee");
  const auto id = office.file_action().id;
  CHECK(office.refusal([&] { (void)office.prepare_next(id, "chen04", "reviewer", "zhao02"); }) ==
        "no-delegation");
  auto paper = office.blank("nda-employee", agreement_values());
  paper.medium = model::Medium::paper;
  paper.scan = "%PDF-1.7 掃描之紙本";
  CHECK(office.refusal([&] { (void)office.prepare(paper, "zhou07", "personnel"); }) ==
        "role-not-held");
  CHECK(office.refusal([&] {
    (void)office.prepare(office.blank("nda-employee", agreement_values()), "zhou07", "approver");
  }) == "role-not-held");
}

TEST_CASE("of two who prepared the same turn one is asked to begin again", "[records]") {
  Registry office;
  office.publish("nda-vendor-person");
  office.expire("zhou07", "2027-08-31");
  office.hold("zhou07", "vendor");
  office.hold("lin01", "reviewer");
  const Json values = {{"name", "周致遠"},           {"vendor", "宏碁資訊"},
                       {"contract_no", "C-115-07"},  {"role", "網管"},
                       {"access_scope", "公文系統"}, {"regulation_version", "1.1"},
                       {"valid_from", "2026-11-22"}, {"valid_to", "2027-08-31"}};
  const auto record = office.file(office.blank("nda-vendor-person", values), "zhou07");
  const auto one = office.prepare_next(record.id, "zhao02", "reviewer");
  const auto two = office.prepare_next(record.id, "lin01", "reviewer");
  office.sign(one, "zhao02");
  CHECK(office.refusal([&] { office.sign(two, "lin01"); }) == "record-complete");
}

TEST_CASE("a correction is a record of its own and leaves the old one as it was", "[records]") {
  Registry office;
  office.publish("corrective-action");
  const auto old = office.file_action();
  auto corrected = office.blank("corrective-action", action_values("已完成"));
  corrected.corrects = old.id;
  const auto record = office.file(corrected, "wu06", "owner");
  CHECK(record.corrects == old.id);
  CHECK(record.signatures[0].name == "01-correction");
  CHECK(record.signatures[0].meaning == "更正");
  CHECK(record.signatures_due == 4);
  CHECK(office.state(old) == records::RecordState::corrected);
  CHECK(records::open_values(office.store(), old)["status"] == "處理中");
  CHECK(office.refusal([&] { (void)office.prepare(corrected, "wu06", "owner"); }) ==
        "already-corrected");
  CHECK(office.refusal([&] { (void)office.prepare_next(old.id, "zhao02", "reviewer"); }) ==
        "already-corrected");
  office.publish("nda-employee");
  auto other = office.blank("nda-employee", agreement_values());
  other.corrects = record.id;
  CHECK(office.refusal([&] { (void)office.prepare(other, "zhou07"); }) ==
        "correction-of-another-form");
  CHECK(office.faults() == Lines());
}

TEST_CASE("an agreement can be corrected by the person who signed it", "[records]") {
  Registry office;
  office.publish("nda-employee");
  const auto old = office.file_agreement();
  auto corrected = office.blank("nda-employee", agreement_values("周至遠"));
  corrected.corrects = old.id;
  corrected.account = "zhou07";
  CHECK(office.refusal([&] { (void)office.prepare(corrected, "ren09"); }) == "not-the-subject");
  CHECK(office.file(corrected, "zhou07").number == "NDA-115-0002");
  CHECK(office.refusal([&] { office.file_agreement(); }) == "already-signed");
  corrected.corrects = "NDA-115-0002";
  CHECK(office.file(corrected, "zhou07").number == "NDA-115-0003");
}

TEST_CASE("nobody corrects another person's agreement, not by one of his own either", "[records]") {
  Registry office;
  office.publish("nda-employee");
  auto own = office.blank("nda-employee", agreement_values("任書平"));
  own.corrects = office.file_agreement("zhou07").id;
  CHECK(office.refusal([&] { (void)office.prepare(own, "ren09"); }) == "not-the-subject");
  own.account = "ren09";
  CHECK(office.refusal([&] { (void)office.prepare(own, "ren09"); }) ==
        "correction-of-another-person");
}

TEST_CASE("names are stored in one form", "[records]") {
  Registry office;
  office.publish("nda-employee");
  auto values = agreement_values("Cafe\xCC\x81");
  const auto record = office.file(office.blank("nda-employee", values), "zhou07");
  CHECK(records::open_values(office.store(), record)["name"] == "Caf\xC3\xA9");
  values["name"] = "\xEF\xA4\x8A";  // 金 as the compatibility ideograph U+F90A, kept
  auto other = office.blank("nda-employee", values);
  other.corrects = record.id;
  CHECK(records::open_values(office.store(), office.file(other, "zhou07"))["name"] ==
        "\xEF\xA4\x8A");
}

TEST_CASE("a number is not taken whose folder is there already", "[records]") {
  Registry office;
  office.publish("corrective-action");
  office.file_action();
  auto wound_back = act("maintenance", "store", "system");
  wound_back.decide = [](const store::Now&, store::Changes& changes) {
    changes.put("records/numbers.json", canonical({{"sequence", 0}, {"forms", Json::object()}}));
  };
  office.store().commit(wound_back);
  CHECK(office.refusal([&] { office.file_action(); }) == "number-taken");
}

TEST_CASE("an agreement is imported only on an older version, and only with a scan", "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  auto old = office.blank("nda-employee", agreement_values());
  old.account = "zhou07";
  old.imported = true;
  old.scan = "%PDF-1.7 掃描之紙本";
  const auto refused = [&](const records::NewRecord& record) {
    return office.refusal([&] { (void)office.prepare(record, "ren09", "personnel"); });
  };
  CHECK(refused(old) == "import-of-agreement");
  office.publish(with_version(files, "2.1", "2.2"));
  CHECK(refused(old) == "import-of-agreement");
  old.form_version = "2.1";
  auto bare = old;
  bare.scan = "";
  CHECK(refused(bare) == "import-of-agreement");
  CHECK(office.file(old, "ren09", "personnel").imported);
  CHECK(office.file_agreement().form_version == model::Version{2, 2});
  CHECK(office.faults() == Lines());
}

TEST_CASE("an imported agreement does not stand for one's own signature", "[records]") {
  Registry office;
  const auto files = form_files("nda-employee");
  office.publish(files);
  office.publish(with_version(files, "2.1", "2.2"));
  auto old = office.blank("nda-employee", agreement_values());
  old.account = "zhou07";
  old.imported = true;
  old.form_version = "2.1";
  old.scan = "%PDF-1.7 掃描之紙本";
  office.file(old, "ren09", "personnel");
  CHECK(office.refusal([&] { (void)office.prepare(old, "ren09", "personnel"); }) == "done");
}

TEST_CASE("a correction is about the person and the day of what it corrects", "[records]") {
  Registry office;
  office.publish("corrective-action");
  auto first = office.blank("corrective-action", action_values());
  first.date = parse_date("民國114年12月31日");
  const auto old = office.file(first, "wu06", "owner");
  auto corrected = office.blank("corrective-action", action_values("已完成"));
  corrected.corrects = old.id;
  corrected.account = "zhou07";
  const auto record = office.file(corrected, "lin01", "owner");
  CHECK(record.account == "wu06");
  CHECK(record.date == old.date);
  CHECK(record.number == "CAR-114-0002");
  CHECK(office.faults() == Lines());
}

TEST_CASE("a corrected record waits for nobody", "[records]") {
  Registry office;
  office.publish("corrective-action");
  const auto old = office.file_action();
  REQUIRE(records::next_slot(office.store().evidence(), old));
  auto corrected = office.blank("corrective-action", action_values("已完成"));
  corrected.corrects = old.id;
  office.file(corrected, "wu06", "owner");
  CHECK_FALSE(records::next_slot(office.store().evidence(), old));
}

TEST_CASE("whoever files, reviews, verifies and closes are four persons", "[records]") {
  Registry office;
  office.publish("corrective-action");
  office.hold("wu06", "reviewer");
  office.hold("zhao02", "secretary");
  office.hold("wu06", "secretary");
  const auto id = office.file_action().id;
  const auto refused = [&](const std::string& account, const std::string& role) {
    return office.refusal([&] { (void)office.prepare_next(id, account, role); });
  };
  CHECK(refused("wu06", "reviewer") == "same-person");
  office.sign_next(id, "zhao02", "reviewer");
  office.sign_next(id, "wang03", "auditor");
  CHECK(refused("wu06", "secretary") == "same-person");
  CHECK(refused("zhao02", "secretary") == "same-person");
  CHECK(refused("qian08", "secretary") == "done");
}

TEST_CASE("a text that turns about or shows nothing is refused", "[records]") {
  Registry office;
  office.publish("corrective-action");
  const auto filed = [&](const std::string& text) {
    auto values = action_values();
    values["action"] = text;
    return office.refusal(
        [&] { (void)office.prepare(office.blank("corrective-action", values), "wu06", "owner"); });
  };
  for (const char32_t c : {U'\u202A', U'\u202E', U'\u2066', U'\u2069', U'\u200E', U'\u200F'})
    CHECK(filed("核准" + utf8(c) + "退回") == "values-invalid");
  for (const std::u32string blank : {U" ", U"\u3000", U"\u200B", U"\u00A0\u2060\uFEFF", U"\t\n"})
    CHECK(filed(utf8(blank)) == "values-invalid");
  CHECK(filed("甲\u3000乙\n丙") == "done");
}
