from django.apps import AppConfig


class ExpressConfig(AppConfig):
    name = "thongquan.clearance.express"
    label = "express"
    verbose_name = "Parcels by express"
