"""How certificates come in: texts of a form, workbooks, messages, and papers that are read."""
