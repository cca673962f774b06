"""Sentences: change of channel, conditions of release, preservation, exit slips."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from thongquan.base.core.sentences import basis
from thongquan.base.core.sentences.shape import Sentence
from thongquan.rules.codes import Code

_CHANNEL = {
    Code.TQ_CTL_050: Sentence(
        text=_("Channel {value} is no change in the asked direction: the declaration stands in channel {channel}."),
        remedy=_("Choose a stricter channel to raise, a lighter one to propose a lower."),
        example="3",
        basis=basis.CHANNEL_CHANGE,
    ),
    Code.TQ_CTL_051: Sentence(
        text=_("The reason is missing."),
        remedy=_("Write in a sentence what was found or why; it is kept with the declaration."),
        basis=basis.CHANNEL_CHANGE,
    ),
    Code.TQ_CTL_052: Sentence(
        text=_("The goods were presented on {on}: the channel can no longer change."),
        remedy=_("Record what is found in the check itself, or instruct the declarant."),
        basis=basis.CHANNEL_CHANGE,
    ),
    Code.TQ_CTL_053: Sentence(
        text=_("Nobody has proposed a lower channel for declaration {value}."),
        remedy=_("An officer proposes first, with a reason; a team leader signs."),
        basis=basis.CHANNEL_CHANGE,
    ),
    Code.TQ_CTL_054: Sentence(
        text=_("Whoever proposed the lower channel cannot sign it."),
        remedy=_("Leave the second signature to another team leader or director of the office."),
        basis=basis.CHANNEL_CHANGE,
    ),
}
_CONDITIONS = {
    Code.TQ_CTL_060: Sentence(
        text=_("{open_vnd} dong of duties are neither paid nor guaranteed."),
        remedy=_("Pay, or have a guarantee accepted; the goods follow by themselves."),
        basis=basis.RELEASE_DUTIES,
    ),
    Code.TQ_CTL_061: Sentence(
        text=_("Line {line}: goods {hs} need a license ({condition}) and none is declared."),
        remedy=_("Amend the declaration with the number of the license."),
        basis=basis.RELEASE_POLICY,
    ),
    Code.TQ_CTL_062: Sentence(
        text=_("Line {line}: goods {hs} wait for the result of quarantine ({condition})."),
        remedy=_("Record the result of the quarantine agency when it is there."),
        basis=basis.RELEASE_SPECIALIZED,
    ),
    Code.TQ_CTL_063: Sentence(
        text=_("Line {line}: goods {hs} wait for the result of a specialized inspection ({condition})."),
        remedy=_("Record the result of the agency in charge, or take the goods to preservation."),
        basis=basis.RELEASE_SPECIALIZED,
    ),
    Code.TQ_CTL_064: Sentence(
        text=_("Line {line}: goods {hs} are prohibited ({condition})."),
        remedy=_("The goods cannot be released; open a case of violation."),
        basis=basis.RELEASE_POLICY,
    ),
    Code.TQ_CTL_065: Sentence(
        text=_("Line {line}: goods {hs} pass only through {gates}, not through {gate}."),
        remedy=_("Amend the border gate, or take the goods to a gate that is open to them."),
        basis=basis.RELEASE_POLICY,
    ),
    Code.TQ_CTL_066: Sentence(
        text=_("Channel {channel} asks for a document check, and none has ended well."),
        remedy=_("Check the documents and record the outcome."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_067: Sentence(
        text=_("Channel {channel} asks for an inspection of the goods, and none has ended well."),
        remedy=_("Inspect the goods and sign the act."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_068: Sentence(
        text=_("The check “{check}” was asked for and has neither reported nor run out of time."),
        remedy=_("Wait for its report; its time-out is written down by itself."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_069: Sentence(
        text=_("The goods were released with an open question ({question}) and its answer is not stated."),
        remedy=_("State the final result, then clear."),
        basis=basis.RELEASE_FINAL,
    ),
    Code.TQ_CTL_070: Sentence(
        text=_("The conditions of release of {on} are not loaded."),
        remedy=_("Ask the administrator to load the reference data."),
        basis=basis.RELEASE_CHECKS,
    ),
    Code.TQ_CTL_071: Sentence(
        text=_("The check “{check}” has reported against release."),
        remedy=_("Read its report; raise the channel, or have the check report again."),
        basis=basis.RELEASE_CHECKS,
    ),
}
_PRESERVATION = {
    Code.TQ_CTL_075: Sentence(
        text=_("The place of preservation is missing or of no known kind."),
        remedy=_("Choose a place that the agency names or your own store, and write its address."),
        basis=basis.PRESERVATION,
    ),
    Code.TQ_CTL_076: Sentence(
        text=_("The result for the goods of declaration {value} is overdue since {on}: no further preservation."),
        remedy=_("File the result of the earlier goods first."),
        basis=basis.PRESERVATION,
    ),
    Code.TQ_CTL_077: Sentence(
        text=_("There is no open request for preservation of declaration {value}."),
        remedy=_("The declarant asks first; the office answers once."),
        basis=basis.PRESERVATION,
    ),
    Code.TQ_CTL_078: Sentence(
        text=_("Declaration {value} has an open request for preservation already."),
        remedy=_("Wait for the answer of the office."),
        basis=basis.PRESERVATION,
    ),
    Code.TQ_CTL_079: Sentence(
        text=_("The result for the preserved goods has not come, or it is against clearance."),
        remedy=_("Record the result of the agency in charge."),
        basis=basis.PRESERVATION,
    ),
}
_SLIPS = {
    Code.TQ_CTL_080: Sentence(
        text=_("This code is no exit slip."),
        remedy=_("Scan the square again, or type the ten characters under it."),
        example="7K3M9-QXT2P",
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_081: Sentence(
        text=_("The signature of this slip is not genuine."),
        remedy=_("Hold the vehicle and call the team leader: the slip was changed or is forged."),
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_082: Sentence(
        text=_("The slip holds from {valid_from} to {valid_until}; it is {at}."),
        remedy=_("Issue a new slip when the goods are still to leave."),
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_083: Sentence(
        text=_("The slip is for vehicle {plate}, not for {value}."),
        remedy=_("Read the plate again; when the vehicle has changed, a new slip is needed."),
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_084: Sentence(
        text=_("The slip is for gate {gate}, not for {value}."),
        remedy=_("Send the vehicle to that gate, or issue a slip for this one."),
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_085: Sentence(
        text=_("The slip was used already: gate {gate}, {used_at}, {officer}."),
        remedy=_("Hold the vehicle and call the team leader: two vehicles came with one slip."),
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_086: Sentence(
        text=_("The slip was withdrawn."),
        remedy=_("Ask the clearance officer for the slip that took its place."),
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_087: Sentence(
        text=_("No slip of this code was issued here."),
        remedy=_("Hold the vehicle and ask the office that cleared the goods."),
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_088: Sentence(
        text=_("Gate {value} is not a gate of office {office}."),
        remedy=_("Choose a gate of the office; goods that leave elsewhere travel under supervision first."),
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_089: Sentence(
        text=_("Vehicle {value} has an unused slip until {valid_until}."),
        remedy=_("Use that slip, or withdraw it first."),
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_090: Sentence(
        text=_("The use is dated {value}, which is still to come."),
        remedy=_("Set the clock of the device and upload again."),
        basis=basis.EXIT,
    ),
    Code.TQ_CTL_091: Sentence(
        text=_("The plate of the vehicle is missing."),
        remedy=_("Type the plate as it stands on the vehicle."),
        example="29C-12345",
        basis=basis.EXIT,
    ),
}
SENTENCES = _CHANNEL | _CONDITIONS | _PRESERVATION | _SLIPS
