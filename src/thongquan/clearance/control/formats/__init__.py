"""Files and codes that control reads and writes."""
