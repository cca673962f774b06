"""A day's traffic at an office, in open loop: what is asked, when, over which wires, and what it cost."""
