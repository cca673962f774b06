"""Which criterion of origin a line of goods meets, each way computed with its derivation.

Legal basis: the agreements' rules of origin as dated data. A material counts as originating when it is of the exporting
party, or of another member with the certificate that proves it (cumulation). Build-down RVC counts; build-up is shown
beside it and counts only where a term `rvc_build_up` of the agreement says so. Unchanged materials are tolerated only
within a term `de_minimis_share`. What the law at hand does not give is not assumed.
"""

from __future__ import annotations

from decimal import Decimal

from thongquan.rules.money import ZERO
from thongquan.rules.origin.computing import Content, Material, Step, regional_value, tariff_shift
from thongquan.rules.origin.criteria import Criterion, alternatives, read_criterion
from thongquan.rules.origin.law import OriginLaw, ProductRule
from thongquan.rules.origin.outbound.application import HOME, OBTAINING, GoodsLine, UsedMaterial
from thongquan.rules.parts import Frozen

DE_MINIMIS, BUILD_UP = "de_minimis_share", "rvc_build_up"


class Way(Frozen, frozen=True, kw_only=True):
    """One way to origin: its criterion (`CTH`, `RVC40`, `CTH&RVC40`), whether it is met, and how that was found."""

    criterion: str
    met: bool
    source: str
    verified: bool = True
    steps: tuple[Step, ...] = ()
    printed: str = ""


class LineOrigin(Frozen, frozen=True, kw_only=True):
    """What a line meets: `criterion` is that of box 8, '' when none is met; `rule_known` False: no rule at hand."""

    line: int
    hs: str
    criterion: str = ""
    rule: str = ""
    rule_known: bool = True
    ways: tuple[Way, ...] = ()

    @property
    def met(self) -> bool:
        """Whether the goods originate under the agreement."""
        return bool(self.criterion)


def judge(lines: tuple[GoodsLine, ...], law: OriginLaw) -> tuple[LineOrigin, ...]:
    """Every line of an application under the law of origin of a day."""
    return tuple(judge_line(line, law) for line in lines)


def judge_line(line: GoodsLine, law: OriginLaw) -> LineOrigin:
    """All ways that the agreement opens to these goods; the first that is met, or the asked one when it is met."""
    rule = law.rule_for(line.hs) if line.hs else None
    materials = counted(line, law)
    ways = tuple(_wholly(line, materials, law)) + (_by_rule(line, materials, law, rule) if rule else ())
    fitting = [way for way in ways if way.met and _asked(line.criterion, way)]
    return LineOrigin(
        line=line.number,
        hs=line.hs,
        criterion=fitting[0].printed if fitting else "",
        rule=rule.rule if rule else "",
        rule_known=rule is not None and bool(alternatives(rule.rule)),
        ways=ways,
    )


def counted(line: GoodsLine, law: OriginLaw) -> tuple[Material, ...]:
    """The materials as the rules count them; a claim that does not hold counts as non-originating."""
    return tuple(
        Material(
            name=one.name,
            hs=one.hs,
            value=one.value if one.value is not None and one.value.is_finite() else ZERO,
            originating=originates(one, law),
            origin=one.origin,
        )
        for one in line.costs.materials
    )


def originates(material: UsedMaterial, law: OriginLaw) -> bool:
    """Whether a material counts as originating: our own, or a member's with its proof (cumulation)."""
    if not material.originating:
        return False
    return material.origin == HOME or (is_partner(material.origin, law) and bool(material.proof.strip()))


def is_partner(country: str, law: OriginLaw) -> bool:
    """Whether a country is another member of the agreement."""
    return law.agreement is not None and country != HOME and country in law.agreement.members


def _asked(asked: str, way: Way) -> bool:
    """Whether a way is the one the exporter asks for; PSR stands for the product's own rule, RVC for any figure."""
    if not asked:
        return True
    wanted = read_criterion(asked)
    if wanted is None:
        return False
    if wanted.kind == "PSR":
        return way.criterion not in ("WO", "PE")
    parts = [read_criterion(part) for part in way.criterion.split("&")]
    return any(part is not None and part.kind == wanted.kind and part.digits == wanted.digits for part in parts)


def _wholly(line: GoodsLine, materials: tuple[Material, ...], law: OriginLaw) -> list[Way]:
    """WO and PE, where the agreement knows them."""
    found = []
    source = f"{law.agreement.code}: {law.agreement.source}" if law.agreement else ""
    verified = law.agreement is not None and law.agreement.verified
    if "WO" in law.criteria:
        met, steps = _obtained(line, materials)
        found.append(Way(criterion="WO", met=met, source=source, verified=verified, steps=steps, printed="WO"))
    if "PE" in law.criteria:
        foreign = [one for one in materials if not one.originating]
        steps = tuple(
            Step(name=one.name, formula=one.origin or "?", value="originating" if one.originating else "foreign")
            for one in materials
        )
        met = bool(materials) and not foreign
        found.append(Way(criterion="PE", met=met, source=source, verified=verified, steps=steps, printed="PE"))
    return found


def _obtained(line: GoodsLine, materials: tuple[Material, ...]) -> tuple[bool, tuple[Step, ...]]:
    """Wholly obtained: something was obtained, all of it at home, and nothing came from elsewhere."""
    steps = [Step(name=one.done, formula=one.country, value=one.place or one.words) for one in line.steps]
    steps += [Step(name=one.name, formula=one.origin or "?", value="material") for one in materials]
    obtained = any(one.done in OBTAINING for one in line.steps)
    at_home = all(one.country == HOME for one in line.steps)
    own = all(one.originating and one.origin == HOME for one in materials)
    return obtained and at_home and own, tuple(steps)


def _by_rule(line: GoodsLine, materials: tuple[Material, ...], law: OriginLaw, rule: ProductRule) -> tuple[Way, ...]:
    """Every alternative of the product's rule, each whole."""
    found = []
    for parts in alternatives(rule.rule):
        each = [_part(part, line, materials, law) for part in parts]
        printed = "&".join(text for _met, _steps, text in each)
        found.append(
            Way(
                criterion="&".join(part.key for part in parts),
                met=all(met for met, _steps, _text in each),
                source=rule.source,
                verified=rule.verified,
                steps=tuple(step for _met, steps, _text in each for step in steps),
                printed="PSR" if rule.hs and "PSR" in law.criteria else printed,
            )
        )
    return tuple(found)


def _part(
    part: Criterion, line: GoodsLine, materials: tuple[Material, ...], law: OriginLaw
) -> tuple[bool, tuple[Step, ...], str]:
    """One criterion: met or not, its derivation, and what box 8 says of it."""
    if part.kind == "WO":
        return (*_obtained(line, materials), "WO")
    if part.kind == "PE":
        return bool(materials) and all(one.originating for one in materials), (), "PE"
    if part.kind == "CTC":
        return _shifted(part, line, materials, law)
    if part.kind == "RVC":
        return _valued(part, line, materials, law)
    if part.kind == "SP":
        steps = tuple(Step(name=one.done, formula=one.country, value=one.words) for one in line.steps)
        return any(one.done == "processed" and one.country == HOME for one in line.steps), steps, "SP"
    return False, (), part.key


def _shifted(
    part: Criterion, line: GoodsLine, materials: tuple[Material, ...], law: OriginLaw
) -> tuple[bool, tuple[Step, ...], str]:
    """A shift needs materials to shift from: a statement without any proves nothing."""
    term = law.terms.get(DE_MINIMIS)
    fob = line.fob if line.fob is not None and line.fob.is_finite() else ZERO
    tolerance = term.value if term is not None else ZERO
    shift = tariff_shift(line.hs, materials, part.digits, fob=fob, tolerance=tolerance)
    unnamed = any(not one.originating and len(one.hs) < part.digits for one in materials)
    return bool(materials) and shift.met and not unnamed, shift.steps, part.key


def _valued(
    part: Criterion, line: GoodsLine, materials: tuple[Material, ...], law: OriginLaw
) -> tuple[bool, tuple[Step, ...], str]:
    fob = line.fob
    if fob is None or not fob.is_finite() or fob <= 0 or part.percent is None or not materials:
        return False, (), part.key
    down, up = contents(line, materials, part.percent)
    counts = down if not law.number(BUILD_UP) or down.met else up
    return counts.met, (*down.steps, *up.steps[-2:]), f"RVC {counts.percent}%"


def contents(line: GoodsLine, materials: tuple[Material, ...], threshold: Decimal) -> tuple[Content, Content]:
    """The regional value built down and built up; FOB must be above zero."""
    fob = line.fob or ZERO
    down = regional_value(fob, materials, threshold, method="build_down")
    up = regional_value(fob, materials, threshold, method="build_up", other_originating=line.costs.added)
    return down, up
