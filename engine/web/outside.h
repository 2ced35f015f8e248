// The ways out of this machine that service asks for: HTTP(S) and mail.
//
// Limits   Ten seconds for a connection and for each wait; an answer of at most 64 KiB. Certificates are checked against the
//          system's authorities. The mail command is run by the shell, as vermilion.yaml has it: who may write that file may run it.
// Errors   unavailable "post-failed", "mail-failed".
// Threads  Any.
#pragma once
#include "base/disk.h"
#include "service/witness.h"

namespace vermilion::web {

[[nodiscard]] service::Outside outside();

// What the server does daily, if it is due: the revocation list, the checkpoint, the backup of the log, idle accounts, sealed PDFs whose
// stamps expire. Opens the store as the console does.
void daily_work(Disk& disk, const Clock& clock, const Path& store, const service::Outside& outside);

}  // namespace vermilion::web
