from django.db import models
from django.utils.translation import gettext_lazy as _


class SiteOwner(models.Model):
    """Who answers for this site; one row, or none while what the environment says holds (``interface.owner``)."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone number"), max_length=30, blank=True)
    logo = models.ForeignKey(
        "wagtailimages.Image", models.SET_NULL, verbose_name=_("logo"), null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("who answers for the site")
        verbose_name_plural = _("who answers for the site")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="interface_one_site_owner")]

    def __str__(self) -> str:
        return self.name
