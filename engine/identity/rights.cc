#include "identity/rights.h"

#include <algorithm>
#include <array>

namespace vermilion::identity {
namespace {

constexpr std::array kNames = {"read",    "write",  "approve",   "sign",
                               "destroy", "export", "administer"};
constexpr std::array kLabels = {"讀取", "寫入", "核准", "簽署", "銷毀", "匯出", "管理"};

}  // namespace

const std::vector<Right>& all_rights() {
  using enum RightGroup;
  static const std::vector<Right> rights = {
      {"log.read", read, {"閱讀稽核日誌", "read the audit log"}},
      {"retention.read",
       read,
       {"閱讀保存期限、保全與銷毀案", "read what is due, holds and disposals"}},
      {"audit.scoped",
       read,
       {"只在核定的稽核範圍內閱讀", "read within an approved audit scope only"}},
      {"document.create", write, {"建立文件", "create a document"}},
      {"document.draft", write, {"修訂草案", "revise a draft"}},
      {"document.import", write, {"匯入他處核准的文件", "import a document approved elsewhere"}},
      {"record.paper", write, {"登錄紙本紀錄", "file what was signed on paper"}},
      {"record.import", write, {"補登既有紀錄", "import an older record"}},
      {"document.approve", approve, {"核准文件", "approve a document"}, true},
      {"document.return", approve, {"退回文件", "return a document"}, true},
      {"document.publish", approve, {"發布文件", "publish a document"}},
      {"document.withdraw", approve, {"廢止文件", "withdraw a document"}},
      {"form.publish", approve, {"發布表單", "publish a form"}},
      {"disposal.approve", approve, {"核准銷毀案", "approve a disposal"}},
      {"hold.release", approve, {"解除保全", "release a hold"}},
      {"classified.authorise",
       approve,
       {"授權調閱機密", "authorise the opening of what is classified"}},
      {"access.approve", approve, {"核准存取權限審查", "approve an access review"}},
      {"person.authorise",
       approve,
       {"核准帳號、展期、恢復與異動", "authorise, extend, reopen and move accounts"}},
      {"audit.approve", approve, {"核定稽核範圍", "approve the scope of an audit"}},
      {"access.review", sign, {"逐列審查存取權限", "decide the rows of an access review"}},
      {"access.propose",
       sign,
       {"開始存取權限審查並提改善建議", "open an access review, and propose improvements"}},
      {"document.submit", sign, {"送審文件", "submit a document"}, true},
      {"document.review", sign, {"審查文件", "review a document"}, true},
      {"document.countersign", sign, {"會簽文件", "countersign a document"}, true},
      {"record.sign", sign, {"簽署紀錄", "sign a record"}, true},
      {"disposal.propose", destroy, {"擬具或撤回銷毀案", "propose a disposal, or take it back"}},
      {"disposal.execute", destroy, {"執行銷毀", "execute a disposal"}},
      {"disposal.witness", destroy, {"監毀", "witness a disposal"}},
      {"hold.place", destroy, {"保全紀錄使不得銷毀", "hold records against their destruction"}},
      {"register.read", exporting, {"匯出約定書登記簿", "export the register of agreements"}},
      {"pack.build", exporting, {"編製管理審查資料", "build the management review pack"}},
      {"person.add", administer, {"新增帳號", "add an account"}},
      {"person.disable",
       administer,
       {"停用帳號、離職核章", "disable an account, close a leaver's"}},
      {"person.leave", administer, {"通報離職", "tell of a leaver"}},
      {"role.grant", administer, {"授予與撤銷角色", "grant and revoke roles"}},
      {"certificate.issue", administer, {"見證簽發憑證", "issue certificates, bearing witness"}},
      {"store.backup", administer, {"備份與演練", "back up, and drill"}},
      {"store.maintain", administer, {"維護資料庫", "maintain the store"}},
  };
  return rights;
}

const Right* find_right(const std::string& id) {
  const auto found = std::find_if(all_rights().begin(), all_rights().end(),
                                  [&](const Right& right) { return right.id == id; });
  return found == all_rights().end() ? nullptr : &*found;
}

std::string group_name(RightGroup group) { return kNames.at(static_cast<std::size_t>(group)); }
std::string group_label(RightGroup group) { return kLabels.at(static_cast<std::size_t>(group)); }

}  // namespace vermilion::identity
