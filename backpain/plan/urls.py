from django.http import HttpResponse
from django.urls import path

urlpatterns = [path("plan/", HttpResponse, name="plan"), path("rules/", HttpResponse, name="rules")]
