"""What the flow decides: which party is the trader, which office is the gate, and the codes of a standard declaration.

| message says | flow |
|---|---|
| a statement of ours `FLOW` | that flow |
| TypeCode `EX.` or `IM.` | export, import |
| else, as `CO.` (in a union), `COR` (amendment), `INV` (cancellation) | export with an office of exit, else import |

TypeCode `IMA` or `EXA` and FunctionCode `9` (original) are what a document without those codes is written with.
"""

from __future__ import annotations

from thongquan.clearance.declarations.formats.wco.nodes import Values
from thongquan.rules.supplement import Message, Submission

ROLES = {
    "@importer": {"import": "trader", "export": "supplement.importer"},
    "@exporter": {"import": "counterpart", "export": "trader"},
    "@consignee": {"import": "supplement.consignee", "export": "counterpart"},
    "@entry_office": {"import": "gate", "export": "supplement.entry_office"},
    "@exit_office": {"import": "supplement.exit_office", "export": "gate"},
}
"""Fields of the table that are another field of the document on import than on export."""

STANDARD = {"import": "IMA", "export": "EXA"}
ORIGINAL = "9"
ENVELOPE = Message(
    model_version="3.6",
    type_name="DEC",
    country="VN",
    agency="Hải quan Việt Nam",
    customization_version="TQ1",
)
"""The envelope of a document that has none of its own."""

_ENVELOPE_WORDS = ("model_version", "type_name", "country", "agency", "customization_version")
_TYPE, _FUNCTION, _MESSAGE = "supplement.type_code", "supplement.function_code", "supplement.message"


def settle(values: Values, root: str) -> Values:
    """Give the read values as fields of the document: flow, roles, and no code that a standard declaration implies."""
    flow = _flow(values)
    settled: Values = {"flow": flow}
    envelope: Values = {}
    for key, value in values.items():
        if key in ROLES:
            settled[ROLES[key][flow]] = value
        elif key.startswith(_MESSAGE):
            envelope[key] = value
        elif key != "@flow":
            settled[key] = value
    _leave_out(settled, _TYPE, STANDARD[flow])
    _leave_out(settled, _FUNCTION, ORIGINAL)
    message = _envelope(envelope, root)
    if message != ENVELOPE:
        settled[_MESSAGE] = message
    return settled


def _leave_out(values: Values, key: str, standard: str) -> None:
    """Drop a code that is the standard one; mark by '' a code that the message leaves out."""
    if values.setdefault(key, "") == standard:
        del values[key]


def _envelope(values: Values, root: str) -> Message:
    sent = {key.rpartition(".")[2]: word for key, word in values.items() if ".submission." in key}
    said = {key.rpartition(".")[2]: word for key, word in values.items() if ".submission." not in key}
    submission = Submission(**sent) if root == "submitDeclarationRequest" else None
    return Message(**said, wrapped=root != "Declaration", submission=submission)


def _flow(values: Values) -> str:
    said, code = values.get("@flow"), values.get(_TYPE, "")
    if said in STANDARD:
        return str(said)
    if code[:2] in ("IM", "EX"):
        return "import" if code.startswith("IM") else "export"
    return "export" if "@exit_office" in values else "import"


def unsettle(values: Values, message: Message | None) -> tuple[Values, str]:
    """Give the document's fields as the table names them, and the name of the root element it needs."""
    flow = values["flow"]
    back = {names[flow]: key for key, names in ROLES.items()}
    written = {back.get(key, key): value for key, value in values.items()}
    written.setdefault(_TYPE, STANDARD[flow])
    written.setdefault(_FUNCTION, ORIGINAL)
    for key in (_TYPE, _FUNCTION):
        if not written[key]:
            del written[key]
    if _flow(written) != flow:
        written["@flow"] = flow
    if message is None:
        written.update({f"{_MESSAGE}.{name}": getattr(ENVELOPE, name) for name in _ENVELOPE_WORDS})
        return written, "MetaData"
    if message.submission is not None:
        return written, "submitDeclarationRequest"
    return written, "MetaData" if message.wrapped else "Declaration"
