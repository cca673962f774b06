"""`python -m thongquan.config.cli` is the command `thongquan`."""

from thongquan.config.cli.main import main

main()
