{% load static %}// What is shown where a page cannot be fetched; everything else shows the last of these.
const PAGES = {
  "{% url 'today' %}": "{% url 'offline_run' %}",
  "{% url 'log_run' %}": "{% url 'offline_run' %}",
  "{% url 'log_check_in' %}": "{% url 'offline_check_in' %}",
  "{% url 'log_session' %}": "{% url 'offline_session' %}",
  "{% url 'guided_session' %}": "{% url 'offline_session' %}",
  "{% url 'start_screening' %}": "{% url 'when_to_get_help' %}",
  "{% url 'when_to_get_help' %}": "{% url 'when_to_get_help' %}",
  "": "{% url 'outbox' %}",
};
const STATIC = "{% get_static_prefix %}";
importScripts("{% static 'js/sw.js' %}");
