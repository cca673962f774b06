"""The web form of a declaration: what was posted, and how it is shown again with its faults."""

from thongquan.clearance.declarations.forms.boxes import Box, Form, Told, box_id, form_of, told_faults_of
from thongquan.clearance.declarations.forms.posting import changed_rows, posted_content

__all__ = ["Box", "Form", "Told", "box_id", "changed_rows", "form_of", "posted_content", "told_faults_of"]
