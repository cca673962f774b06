"""Which outbox messages start which handler: the one table of who listens to whom."""

from __future__ import annotations

from thongquan.base.core.outbox import Subscription
from thongquan.clearance.classification import handlers as classification
from thongquan.clearance.classification import precedent_handlers
from thongquan.clearance.control import handlers as control
from thongquan.clearance.declarations import code_cases, verified
from thongquan.clearance.declarations import handlers as declarations
from thongquan.clearance.express import handlers as express
from thongquan.clearance.integrity import handlers as integrity
from thongquan.clearance.origin import drawing
from thongquan.clearance.postaudit import code_cases as audited_cases
from thongquan.clearance.postaudit import handlers as postaudit
from thongquan.clearance.residents import handlers as residents
from thongquan.clearance.revenue import handlers as revenue
from thongquan.clearance.risk import handlers as risk_handlers
from thongquan.clearance.valuation import handlers as valuation
from thongquan.config import lake, notices, risk, risk_outcomes, risk_scores

SUBSCRIPTIONS = [
    Subscription("declarations.search", declarations.WORDED, declarations.index_for_search),
    Subscription("revenue.lodged", revenue.LODGED, revenue.post_lodged),
    Subscription("declarations.late", declarations.LATE, declarations.record_late),
    Subscription("declarations.money", declarations.MONEY, declarations.follow_money),
    Subscription("declarations.proofs", declarations.PROOFS, declarations.follow_proofs),
    Subscription("declarations.queues", declarations.PLACED, declarations.follow_queues),
    Subscription("classification.precedents", precedent_handlers.DECLARED, precedent_handlers.follow_precedents),
    Subscription("classification.lines", classification.CHANGED, classification.follow_lines, batch=100),
    Subscription("declarations.code_cases", code_cases.CASES, code_cases.instruct_of_cases),
    Subscription("postaudit.code_cases", audited_cases.CASES, audited_cases.audit_of_cases),
    Subscription("control.clearing", control.CLEARING, control.clear_settled),
    Subscription("control.searches", control.SEARCHES, control.follow_searches),
    Subscription("revenue.steps", revenue.STEPS, revenue.follow_steps),
    Subscription("revenue.penalties", revenue.PENALTIES, revenue.post_penalties),
    Subscription("declarations.verified", verified.VERIFIED, verified.follow_verifications),
    Subscription("origin.draws", drawing.DRAWN_ON, drawing.draw_used),
    Subscription("risk.declarations", risk.KINDS, risk.follow, patient=True),
    Subscription("risk.outcomes", risk_outcomes.KINDS, risk_outcomes.follow, patient=True),
    Subscription("risk.scores", risk_scores.KINDS, risk_scores.follow, patient=True),
    Subscription("risk.violations", risk_handlers.VIOLATIONS, risk_handlers.follow_violations),
    Subscription("risk.proofs", risk_handlers.VERIFICATIONS, risk_handlers.follow_verifications),
    Subscription("integrity.acts", integrity.ACTED, integrity.follow_acts, patient=True),
    Subscription("valuation.prices", valuation.PRICED, valuation.follow_prices, patient=True),
    Subscription("postaudit.proposals", postaudit.PROPOSED, postaudit.follow_proposals),
    Subscription("express.money", express.MONEY, express.follow_money),
    Subscription("residents.money", residents.MONEY, residents.follow_money),
    Subscription("residents.merchants", residents.DECLARATIONS, residents.follow_merchants),
    Subscription("notices.people", notices.KINDS, notices.tell_people),
    Subscription("notices.programs", frozenset(notices.WEBHOOK_KINDS), notices.tell_programs),
    Subscription(lake.CONSUMER, lake.KINDS, lake.follow, apart=True),
]
