"""The steps that a case offers its reader, each with its form, and the story of those taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.utils.functional import Promise


@dataclass(frozen=True)
class StepForm:
    """A step that is open to the reader: its words, where it goes, its form; the main one is shown open."""

    label: Promise
    url: str
    form: forms.Form
    main: bool


@dataclass(frozen=True)
class Event:
    """A step of the story in words."""

    text: str
    at: datetime
    by: str
