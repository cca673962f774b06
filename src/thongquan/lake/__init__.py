"""The lake: what the operations wrote, as partitioned Parquet tables, and the questions asked of them.

Pure: it knows rows, files and expressions, no database of ours and no Django. `config.lake` brings the rows.
"""
