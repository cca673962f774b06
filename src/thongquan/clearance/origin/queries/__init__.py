"""What others may know of certificates of origin."""

from thongquan.clearance.origin.queries.files import (
    CertificateFile,
    CertificateRow,
    Checked,
    Happened,
    ItemBalance,
    Used,
    certificate_file,
    certificates_in_scope,
    count_waiting,
    may_see_subject,
    paper_of,
    subject_of,
    worklist,
)
from thongquan.clearance.origin.queries.twins import Twin, twins_of
from thongquan.clearance.origin.queries.verification import (
    amendment_day,
    consequences_of,
    may_file_for,
    may_see_verification,
)
from thongquan.clearance.origin.queries.verification_files import verification_file, verifications
from thongquan.clearance.origin.queries.verification_values import (
    CaseClock,
    VerificationFile,
    VerificationRow,
    case_number,
)

__all__ = [
    "CaseClock",
    "CertificateFile",
    "CertificateRow",
    "Checked",
    "Happened",
    "ItemBalance",
    "Twin",
    "Used",
    "VerificationFile",
    "VerificationRow",
    "amendment_day",
    "case_number",
    "certificate_file",
    "certificates_in_scope",
    "consequences_of",
    "count_waiting",
    "may_file_for",
    "may_see_subject",
    "may_see_verification",
    "paper_of",
    "subject_of",
    "twins_of",
    "verification_file",
    "verifications",
    "worklist",
]
