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

__all__ = [
    "CertificateFile",
    "CertificateRow",
    "Checked",
    "Happened",
    "ItemBalance",
    "Twin",
    "Used",
    "certificate_file",
    "certificates_in_scope",
    "count_waiting",
    "may_see_subject",
    "paper_of",
    "subject_of",
    "twins_of",
    "worklist",
]
