"""Numbers and dates as people write them; read in `base.core.figures`, where rooms below read them too."""

from thongquan.base.core.figures import cell_date, cell_number, date_text, number_shown, number_text, plain_digits

__all__ = ["cell_date", "cell_number", "date_text", "number_shown", "number_text", "plain_digits"]
