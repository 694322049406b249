"""Finished tables -> sentences and pictures. Nothing is measured here."""
