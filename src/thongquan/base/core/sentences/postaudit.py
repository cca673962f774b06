"""Sentences: audit after clearance, objections and appeals."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

SENTENCES = {
    Code.TQ_AUD_001: Sentence(
        text=_("Declaration {value} was registered on {on}; after {years} years it is no longer audited."),
        remedy=_("Choose a declaration within the period."),
        basis=basis.A77,
    ),
    Code.TQ_AUD_002: Sentence(
        text=_("The audit of {value} is in state “{state}”; the step “{step}” is not open to it."),
        remedy=_("Open the case again and take one of the steps shown there."),
        basis=basis.A79,
    ),
    Code.TQ_AUD_003: Sentence(
        text=_("Whoever proposed the conclusion of {value} cannot sign it."),
        remedy=_("Leave the signature to another team leader or director of the office."),
        basis=basis.A79,
    ),
    Code.TQ_AUD_004: Sentence(
        text=_("Words are missing in “{field}”."),
        remedy=_("Write it in a sentence; others must be able to follow it."),
        basis=basis.A79,
    ),
    Code.TQ_AUD_005: Sentence(
        text=_("The declaration has no place “{value}” where something else could be found."),
        remedy=_("Name a line of the declaration and one of the fields offered."),
        example="hs",
        basis=basis.A79,
    ),
    Code.TQ_AUD_006: Sentence(
        text=_("“{value}” cannot be read as {field}."),
        remedy=_("Write numbers with a point and codes as in the declaration."),
        example="12.5",
        basis=basis.A79,
    ),
    Code.TQ_AUD_007: Sentence(
        text=_("The duties of {value} were not recalculated since the last finding."),
        remedy=_("Recalculate, look at each difference, then propose the conclusion."),
        basis=basis.A79,
    ),
    Code.TQ_AUD_008: Sentence(
        text=_("The time to object to {value} ended on {on}."),
        remedy=_("Ask the office whether a reason beyond your control allows it still."),
        basis=basis.COMPLAINTS,
    ),
    Code.TQ_AUD_009: Sentence(
        text=_("Declaration {value} is under audit already."),
        remedy=_("Go on with the case that is open."),
        basis=basis.A79,
    ),
    Code.TQ_AUD_010: Sentence(
        text=_("The audit of {value} cannot be extended, or was extended once already."),
        remedy=_("Conclude on what is known."),
        basis=basis.A80,
    ),
    Code.TQ_AUD_011: Sentence(
        text=_("The deadline {value} lies in the past."),
        remedy=_("Give the declarant a day that is still to come."),
        basis=basis.A79,
    ),
    Code.TQ_AUD_012: Sentence(
        text=_("The criterion “{field}” cannot be read from “{value}”."),
        remedy=_("Leave it empty, or write a number with a point, a share from 0 to 1, or a code."),
        example="0.05",
        basis=basis.A78,
    ),
    Code.TQ_AUD_013: Sentence(
        text=_("“{value}” is what was declared there already."),
        remedy=_("Record only what differs; keep what agrees in a note."),
        basis=basis.A79,
    ),
    Code.TQ_AUD_014: Sentence(
        text=_("Whoever answered the objection on {value} cannot decide the appeal against that answer."),
        remedy=_("Leave the appeal to another director."),
        basis=basis.COMPLAINTS,
    ),
}
