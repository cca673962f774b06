"""The gates of Lạng Sơn and Quảng Ninh that the samples use, with office and places on both sides."""

from __future__ import annotations

from typing import NamedTuple

ROAD, RAIL = "4", "5"


class Gate(NamedTuple):
    """A gate: its customs office, the place on this side, the place beyond, the mode of transport, local plates."""

    code: str
    office: str
    here: str
    beyond: str
    mode: str
    plate: str


GATES = {
    gate.code: gate
    for gate in (
        Gate("LS01", "15BB", "VNHNG", "CNYYG", ROAD, "12"),
        Gate("LS02", "15BE", "VNTTH", "CNPUZ", ROAD, "12"),
        Gate("LS03", "15BD", "VNCNM", "CNNHU", ROAD, "12"),
        Gate("LS04", "15BC", "VNCMA", "CNAID", ROAD, "12"),
        Gate("LS05", "15SI", "VNDDG", "CNPIN", RAIL, "12"),
        Gate("QN01", "20BB", "VNMCI", "CNDOX", ROAD, "14"),
        Gate("QN02", "20BC", "VNHMO", "CNDZG", ROAD, "14"),
    )
}
