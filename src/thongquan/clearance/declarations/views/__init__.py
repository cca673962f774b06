"""Pages of declarations: drafts and the form, files, lists, the declaration itself, search."""
