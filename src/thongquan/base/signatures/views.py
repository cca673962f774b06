"""Pages of certificates: those of the own organization, registering one, practicing with one, withdrawing one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thongquan.base.accounts.queries import Actor, actor_of_request, own_codes
from thongquan.base.core.clock import now
from thongquan.base.core.errors import NotAllowed
from thongquan.base.core.faults import Refused
from thongquan.base.core.realm import realm_name
from thongquan.base.core.sentences import sentence
from thongquan.base.signatures import operations
from thongquan.base.signatures.forms import CertificateForm
from thongquan.base.signatures.permissions import can_hold_certificates
from thongquan.base.signatures.queries import certificates_of
from thongquan.base.web.guard import page

STATES = {
    "live": gettext_lazy("Valid"),
    "not_yet": gettext_lazy("Not valid yet"),
    "expired": gettext_lazy("Expired"),
    "revoked": gettext_lazy("Revoked"),
    "withdrawn": gettext_lazy("Withdrawn"),
}


@page
@never_cache
@require_http_methods(["GET", "POST"])
def certificates(request: HttpRequest) -> HttpResponse:
    """The certificates of the person's own organizations; POST registers one."""
    at = now()
    actor = _holder(request)
    codes = sorted(own_codes(actor, at))
    form = CertificateForm(request.POST or None, request.FILES or None, codes=codes)
    if request.method == "POST" and form.is_valid() and _registered(actor, form):
        messages.success(request, _("The certificate is registered."))
        return redirect("signatures:certificates")
    context = {
        "form": form,
        "rows": [(row, STATES[row.state]) for row in certificates_of(actor, at)],
        "codes": codes,
        "practice": realm_name() == "practice",
    }
    return render(request, "signatures/certificates.html", context, status=422 if form.errors else 200)


def _registered(actor: Actor, form: CertificateForm) -> bool:
    """Register what the form holds; every fault is told at its field."""
    given = form.cleaned_data
    try:
        operations.register_certificate(
            actor=actor, code=given["code"], certificate=given["certificate"], proof=given["proof"].strip(), at=now()
        )
    except Refused as refused:
        for fault in refused.faults:
            told = sentence(fault)
            form.add_error(fault.path if fault.path in form.fields else None, f"{told.text} {told.remedy}")
        return False
    return True


@page
@require_POST
def practice(request: HttpRequest) -> HttpResponse:
    """A certificate to practice with, registered at once; its file with the private key is given this once."""
    actor, code = _holder(request), request.POST.get("code", "")
    made = operations.issue_practice_certificate(actor=actor, code=code, at=now())
    answer = HttpResponse(made.certificate + made.key, content_type="application/x-pem-file")
    answer["Content-Disposition"] = f'attachment; filename="practice-{code}.pem"'
    answer["Cache-Control"] = "no-store"
    return answer


@page
@require_POST
def withdraw(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """No signature of this certificate counts from now on."""
    operations.withdraw_certificate(actor=_holder(request), certificate_id=certificate_id, at=now())
    messages.success(request, _("The certificate is withdrawn."))
    return redirect("signatures:certificates")


def _holder(request: HttpRequest) -> Actor:
    actor = actor_of_request(request, now())
    if not can_hold_certificates(actor):
        raise NotAllowed("signatures.register")
    return actor
