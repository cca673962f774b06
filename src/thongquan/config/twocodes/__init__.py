"""The scan of the whole history put together: where lines come from, what runs the steps, where the cases go."""

from thongquan.config.twocodes.scanning import Job, Told, run
from thongquan.config.twocodes.sources import SourceError, files_of

__all__ = ["Job", "SourceError", "Told", "files_of", "run"]
