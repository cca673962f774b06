"""People, organizations, memberships, mandates, compliance levels and personal tokens."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from thongquan.rules.text import fold, normalise

LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English"), ("zh-hans", "中文"), ("fr", "Français")]


class UserManager(BaseUserManager["User"]):
    """Makes users; the e-mail address is the name they sign in with, kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a user; without a password the account cannot sign in until one is set."""
        user = self.model(email=normalise(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by e-mail address, letter case aside."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person. `full_name` is written as the person writes it: in Vietnamese the family name stands first."""

    email = models.EmailField(_("E-mail address"), unique=True)
    full_name = models.CharField(_("Full name"), max_length=120)
    folded_name = models.CharField(max_length=120, editable=False, db_index=True)
    language = models.CharField(_("Language"), max_length=8, choices=LANGUAGES, blank=True, default="")
    phone = models.CharField(_("Telephone"), max_length=24, blank=True, default="")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    joined_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the name composed and its folded form beside it."""
        self.full_name = normalise(self.full_name)
        self.folded_name = fold(self.full_name)
        super().save(*args, **kwargs)


class Organization(models.Model):
    """Whom people act for. `code` is the tax code of a trader, the office code of customs, unique per kind."""

    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=200, editable=False, db_index=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="one_organization_per_code")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the folded form of the name beside it."""
        self.name = normalise(self.name)
        self.folded_name = fold(self.name)
        super().save(*args, **kwargs)


class Assessment(models.Model):
    """What customs holds of an enterprise's compliance from a day on (Circular 81/2019/TT-BTC Art. 10).

    Only `valid_from` is stored: the next row of the same enterprise ends this one. `history` counts what the enterprise
    did (`rules.facts.History`) and is kept up to date on the row in force: lodging reads it with the level at no cost.
    """

    enterprise = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="assessments")
    valid_from = models.DateField()
    level = models.PositiveSmallIntegerField(null=True)
    priority = models.BooleanField(default=False)
    barred = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField(null=True)
    history = models.JSONField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "valid_from"], name="one_assessment_per_day"),
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(level__range=(1, 5)), name="assessment_level"),
        ]


class Membership(models.Model):
    """A role of a person in an organization, for the half-open period [valid_from, valid_to)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="member_period"),
            models.UniqueConstraint(
                fields=["user", "organization", "role"], condition=Q(valid_to=None), name="one_open_membership"
            ),
        ]


class Mandate(models.Model):
    """An enterprise lets a broker lodge in its name, for the half-open period [valid_from, valid_to)."""

    broker = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="mandates_held")
    enterprise = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="mandates_given")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="mandate_period"
            ),
            models.UniqueConstraint(
                fields=["broker", "enterprise"], condition=Q(valid_to=None), name="one_open_mandate"
            ),
        ]


class SavedFilter(models.Model):
    """A list with its filters that a person keeps under a name: `query` is that of the address.

    `place` names the list, such as `declarations`. `office` is empty while it is the owner's alone, else the code of
    the office it is shared with.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    place = models.CharField(max_length=24)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    office = models.CharField(max_length=6, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "place", "name"], name="one_filter_of_a_name")]
        indexes = [models.Index(fields=["place", "office"], condition=~Q(office=""), name="filters_of_office")]


class ApiToken(models.Model):
    """A personal token for programs. Only the SHA-256 of the secret is kept; `last_used_at` is exact to the hour."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    second_factor = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
