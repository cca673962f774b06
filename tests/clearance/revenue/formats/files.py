"""Bank files for tests."""

from __future__ import annotations

from datetime import date

HEADING = "booked_on;amount;currency;reference;payer;payer_account;text\n"
CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"


def table(*rows: str, heading: str = HEADING) -> bytes:
    return (heading + "\n".join(rows) + "\n").encode()


def row(amount: object, text: str, *, on: date, reference: str = "", currency: str = "VND") -> str:
    return f"{on.isoformat()};{amount};{currency};{reference};CONG TY BINH MINH;0011001234567;{text}"


def entry(
    amount: object,
    text: str,
    *,
    on: date,
    reference: str = "FT1",
    currency: str = "VND",
    sign: str = "CRDT",
    status: str = "BOOK",
    more: str = "",
) -> str:
    return f"""<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{more}<Sts><Cd>{status}</Cd></Sts>
    <BookgDt><Dt>{on.isoformat()}</Dt></BookgDt><AcctSvcrRef>{reference}</AcctSvcrRef><NtryDtls><TxDtls>
    <RltdPties><Dbtr><Pty><Nm>CONG TY BINH MINH</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>0011001234567</Id></Othr></Id>
    </DbtrAcct></RltdPties><RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"""


def camt(*entries: str, namespace: str = CAMT, prolog: str = "") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>{prolog}
<Document xmlns="{namespace}"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-11-20T08:00:00</CreDtTm></GrpHdr>
<Stmt><Id>S1</Id><Acct><Id><Othr><Id>7111-KBNN-LS</Id></Othr></Id><Ccy>VND</Ccy></Acct>{"".join(entries)}</Stmt>
</BkToCstmrStmt></Document>""".encode()
