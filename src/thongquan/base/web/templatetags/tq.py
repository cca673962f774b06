"""Tags every page may use: channel, money, quantities, times, the decision strip, icons, pages, error summaries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockNode
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from thongquan.base.core.clock import now

register = template.Library()
NBSP = "\u00a0"
CHANNELS = {
    1: ("green", gettext_lazy("Green")),
    2: ("yellow", gettext_lazy("Yellow")),
    3: ("red", gettext_lazy("Red")),
}
MAX_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Problem:
    """One entry of an error summary: a sentence, where it leads, and what to do."""

    text: str
    anchor: str = ""
    remedy: str = ""
    code: str = ""
    example: str = ""
    basis: str = ""


def channel_name(channel: int | None) -> str:
    """`green`, `yellow`, `red` or `none`: the class suffix of a channel."""
    return CHANNELS[channel][0] if channel in CHANNELS else "none"


@register.simple_tag
def channel(number: int | None) -> SafeString:
    """The channel as shape, word and color; a dash with words when there is none."""
    word = CHANNELS[number][1] if number in CHANNELS else _("No channel")
    return format_html('<span class="tq-channel is-{}">{}</span>', channel_name(number), word)


@register.simple_tag
def money(amount: object, currency: str = "VND") -> str:
    """An amount with its currency: `1.234.567 ₫`; other currencies keep their decimals and show their code."""
    value = _decimal(amount)
    if value is None:
        return "–"
    if currency == "VND":
        return f"{_grouped(value, 0)}{NBSP}₫"
    return f"{_grouped(value, max(2, _places(value)))}{NBSP}{currency}"


@register.simple_tag
def number(amount: object, decimals: int | None = None) -> str:
    """A number grouped as the language does it, without empty decimals; `decimals` fixes how many there are."""
    value = _decimal(amount)
    if value is None:
        return "–"
    return _grouped(value, _places(value) if decimals is None else decimals)


@register.simple_tag
def quantity(amount: object, unit: str | None = "") -> SafeString | str:
    """A quantity with its unit beside it, quieter."""
    value = _decimal(amount)
    if value is None:
        return "–"
    figure = _grouped(value, _places(value))
    return format_html('{}{}<span class="tq-unit">{}</span>', figure, NBSP, unit) if unit else figure


@register.simple_tag
def rate(fraction: object) -> str:
    """A rate kept as a fraction, told in percent: 0.08 is `8 %`."""
    value = _decimal(fraction)
    if value is None:
        return "–"
    percent = value * 100
    return f"{_grouped(percent, _places(percent))}{NBSP}%"


@register.simple_tag
def moment(at: datetime | None) -> SafeString | str:
    """A moment in local time, to the minute; the exact one with its zone on hover."""
    if at is None:
        return "–"
    local = timezone.localtime(at)
    short = formats.date_format(local, "SHORT_DATETIME_FORMAT")
    exact = f"{formats.date_format(local, 'SHORT_DATE_FORMAT')} {local:%H:%M:%S} UTC{local:%z}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(), exact, short)


@register.simple_tag
def day(on: date | None) -> SafeString | str:
    """A calendar date."""
    if on is None:
        return "–"
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), formats.date_format(on, "SHORT_DATE_FORMAT"))


@register.simple_tag
def clock(at: datetime | None) -> SafeString | str:
    """How far away a moment is, in words; the exact time on hover."""
    if at is None:
        return "–"
    here = now()
    away = timeuntil(at, here, depth=1) if at > here else timesince(at, here, depth=1)
    words = _("in %(time)s") % {"time": away} if at > here else _("%(time)s ago") % {"time": away}
    exact = formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), exact, words)


@register.inclusion_tag("web/_strip.html")
def strip(declaration: object) -> dict[str, object]:
    """The decision strip. Takes an object or a mapping with any of: `number`, `url`, `regime`, `channel`, `state`
    (words), `clock` (HTML) or `deadline` or `at` (moments), `due_vnd`. `show_channel` False leaves the channel out
    (declarants before release see it only when the rules let them).
    """
    names = ("number", "url", "regime", "channel", "state", "at", "deadline", "clock", "due_vnd", "show_channel")
    facts = {name: _read(declaration, name) for name in names}
    facts["channel_name"] = channel_name(facts["channel"] if isinstance(facts["channel"], int) else None)
    facts["hides_channel"] = facts["show_channel"] is False
    return facts


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite; always beside words, so hidden from readers."""
    return format_html(
        '<svg class="tq-icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("web/icons.svg"), name
    )


@register.simple_tag(takes_context=True)
def page_title(context: Context) -> SafeString:
    """What the page put in its `title` block, once more, for the heading."""
    title: BlockNode = context.render_context[BLOCK_CONTEXT_KEY].get_block("title")
    return title.nodelist.render(context)


@register.simple_tag(takes_context=True)
def page_url(context: Context, page: int, name: str = "page") -> str:
    """The address of another page of the same list, its filters kept."""
    query = context["request"].GET.copy()
    query[name] = str(page)
    return f"?{query.urlencode()}"


@register.inclusion_tag("web/_errors.html")
def error_summary(form: BaseForm) -> dict[str, object]:
    """The summary above a form with faults: each links to its field."""
    problems = [Problem(str(error)) for error in form.non_field_errors()]
    for field in form:
        problems += [Problem(str(error), anchor=anchor_of(field)) for error in field.errors]
    return {"problems": problems}


def anchor_of(field: BoundField) -> str:
    """The id of a field's control; of its first choice where there are several."""
    several = getattr(field.field.widget, "use_fieldset", False)
    return f"{field.auto_id}_0" if several else field.auto_id


@register.filter
def has_fieldset(field: BoundField) -> bool:
    """Whether the control is a group that needs a legend instead of a label."""
    return bool(field.field.widget.use_fieldset)


def _read(source: object, name: str) -> object:
    return source.get(name) if isinstance(source, Mapping) else getattr(source, name, None)


def _decimal(amount: object) -> Decimal | None:
    if amount is None or amount == "":
        return None
    try:
        value = Decimal(str(amount))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _places(value: Decimal) -> int:
    """How many decimals say something."""
    exponent = value.normalize().as_tuple().exponent
    return min(max(-exponent, 0), MAX_DECIMALS) if isinstance(exponent, int) else 0


def _grouped(value: Decimal, decimals: int) -> str:
    return formats.number_format(value, decimal_pos=decimals, use_l10n=True, force_grouping=True)
