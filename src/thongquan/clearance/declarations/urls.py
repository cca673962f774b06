"""Addresses of declarations' pages."""

from __future__ import annotations

from django.urls import path, register_converter

from thongquan.clearance.declarations.converters import FileKind, Number
from thongquan.clearance.declarations.views import (
    bulk,
    changing,
    chosen,
    codes,
    comparing,
    deciding,
    drafting,
    file,
    goods_warnings,
    late,
    lists,
    lodging,
    preregistered,
    presenting,
    queueing,
    saved,
    templates,
    uploading,
)

register_converter(Number, "declaration")
register_converter(FileKind, "table")

app_name = "declarations"
urlpatterns = [
    path("", lists.listing, name="list"),
    path("list.<table:kind>", lists.listing_file, name="list_file"),
    path("queues/counts", queueing.counts, name="queue_counts"),
    path("filters/", saved.saved_filters, name="saved_filters"),
    path("filters/save", saved.save, name="save_filter"),
    path("filters/<int:view_id>", saved.change, name="change_filter"),
    path("columns", saved.columns, name="columns"),
    path("bulk", bulk.bulk, name="bulk"),
    path("enterprise", chosen.choose, name="choose"),
    path("templates/", templates.listing, name="templates"),
    path("templates/save", templates.save, name="save_template"),
    path("templates/<int:template_id>/", templates.one, name="template_page"),
    path("templates/<int:template_id>/change", templates.change, name="change_template"),
    path("new/", drafting.new, name="new"),
    path("drafts/", drafting.drafts, name="drafts"),
    path("draft/<int:draft_id>/", drafting.draft, name="draft"),
    path("draft/<int:draft_id>/save", drafting.save, name="save"),
    path("draft/<int:draft_id>/check", drafting.check, name="check"),
    path("draft/<int:draft_id>/goods", goods_warnings.goods_warnings, name="goods_warnings"),
    path("draft/<int:draft_id>/lodge", lodging.lodge, name="lodge"),
    path("draft/<int:draft_id>/discard", drafting.discard, name="discard"),
    path("draft/<int:draft_id>/send", changing.send, name="send"),
    path("draft/<int:draft_id>/preregister", preregistered.keep, name="preregister"),
    path("preregistered/", preregistered.preregistered_list, name="preregistrations"),
    path("preregistered/<declaration:number>/", preregistered.preregistered, name="preregistered"),
    path("preregistered/<declaration:number>/body.json", preregistered.body, name="preregistered_body"),
    path("codes/<slug:name>/", codes.codes, name="codes"),
    path("upload/", uploading.upload, name="upload"),
    path("template.xlsx", uploading.template_file, name="template"),
    path("<declaration:number>/", file.declaration, name="file"),
    path("<declaration:number>/take", bulk.take, name="take"),
    path("<declaration:number>/give-back", bulk.give_back, name="give_back"),
    path("<declaration:number>/amend", changing.start, {"purpose": "amend"}, name="amend"),
    path("<declaration:number>/complete", changing.start, {"purpose": "complete"}, name="complete"),
    path("<declaration:number>/ask-amend", changing.start, {"purpose": "request"}, name="request_amendment"),
    path(
        "<declaration:number>/ask-amend/decision", deciding.decision, {"kind": "amendment"}, name="amendment_decision"
    ),
    path("<declaration:number>/correct", changing.start, {"purpose": "correct"}, name="correct"),
    path(
        "<declaration:number>/correct/decision", deciding.decision, {"kind": "correction"}, name="correction_decision"
    ),
    path("<declaration:number>/instruct", deciding.instruct, name="instruct"),
    path("<declaration:number>/ask-cancel", deciding.ask_cancel, name="ask_cancel"),
    path("<declaration:number>/cancel", deciding.cancel, name="cancel"),
    path("<declaration:number>/expire", deciding.expire, name="expire"),
    path("<declaration:number>/documents", presenting.documents, name="documents"),
    path("<declaration:number>/present", presenting.goods, name="present"),
    path("<declaration:number>/late", late.late, name="late"),
    path("<declaration:number>/versions", comparing.versions, name="versions"),
    path("<declaration:number>/replay", file.replay, name="replay"),
    path("<declaration:number>/document.json", file.document_json, name="document_json"),
    path("<declaration:number>/document.xml", file.document_xml, name="document_xml"),
    path("<declaration:number>/duties.<table:kind>", file.duties_file, name="duties_file"),
]
