// Registers and reports on paper: a title, some lines, tables; one look for all of them.
//
// Shape    A sheet, or many pages of one: tables repeat their heads. The last lines say who took it away, when and for what.
// Rights   Those of the function that made the answer shown.
#pragma once
#include <string>

#include "service/auditing.h"
#include "service/context.h"
#include "service/records.h"

namespace vermilion::service {

// Who has signed an agreement, as agreement_register.
[[nodiscard]] Bytes agreement_register_pdf(Context& context, const std::string& form);
// The records of one form, as export_records_csv.
[[nodiscard]] Bytes records_register_pdf(Context& context, const RecordFilter& filter);
// The eight subjects of a system audit record, as log_report.
[[nodiscard]] Bytes log_report_pdf(Context& context, const ReportRequest& request);
// Rights by roles, as rights_matrix.
[[nodiscard]] Bytes rights_matrix_pdf(Context& context);

}  // namespace vermilion::service
