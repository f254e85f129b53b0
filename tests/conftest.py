"""Shared test set-up."""

from scheduler.domain.collection import collect_rarely

collect_rarely()
