"""Forms of the accounts pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from thongquan.base.accounts.queries import Named
from thongquan.base.accounts.roles import ROLES, ROLES_OF_KIND
from thongquan.base.accounts.scopes import LABELS


class SignInForm(LoginForm):  # type: ignore[misc]  # the library is not annotated
    """E-mail address and password, in our words; the page itself leads to help with a forgotten password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("login", _("E-mail address")), ("password", _("Password"))):
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)


class TokenForm(forms.Form):
    """A new personal token."""

    name = forms.CharField(
        label=_("Name"), max_length=60, help_text=_("What will use it, for example: warehouse software")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Allowed to"), choices=list(LABELS.items()), widget=forms.CheckboxSelectMultiple
    )
    days = forms.IntegerField(label=_("Valid for (days)"), min_value=1, max_value=365, initial=90)


class MandateForm(forms.Form):
    """A mandate for a broker, from an enterprise of the person's own."""

    enterprise = forms.ChoiceField(label=_("Enterprise"))
    broker = forms.CharField(label=_("Tax code of the broker"), max_length=14)
    last_day = forms.DateField(
        label=_("Until and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave empty: until you withdraw it"),
    )

    def __init__(self, *args: Any, own: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        enterprise = self.fields["enterprise"]
        if isinstance(enterprise, forms.ChoiceField):
            enterprise.choices = [(code, f"{code} · {name}") for code, name in own.items()]


class RoleForm(forms.Form):
    """A role in one of the places the administrator looks after."""

    place = forms.TypedChoiceField(label=_("Office"), coerce=int)
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, places: Iterable[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = list(places)
        offered = [role for role in ROLES if any(role in ROLES_OF_KIND[place.kind] for place in chosen)]
        place, role = self.fields["place"], self.fields["role"]
        if isinstance(place, forms.ChoiceField) and isinstance(role, forms.ChoiceField):
            place.choices = [(row.id, f"{row.code} · {row.name}") for row in chosen]
            role.choices = [(key, ROLES[key]) for key in offered]


class PersonForm(RoleForm):
    """A new person with a first role."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=120, help_text=_("As the person writes it, family name first in Vietnamese")
    )
    email = forms.EmailField(label=_("E-mail address"), help_text=_("Used to sign in"))
    field_order = ("full_name", "email", "place", "role")
