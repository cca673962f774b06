"""The e-Form D message: read into texts, written again; which element is which field is dated data (`mapping.csv`)."""

from thongquan.clearance.origin.formats.eformd.mapping import ROOT, is_message, paths_on
from thongquan.clearance.origin.formats.eformd.reading import read_message
from thongquan.clearance.origin.formats.eformd.writing import written_message

__all__ = ["ROOT", "is_message", "paths_on", "read_message", "written_message"]
