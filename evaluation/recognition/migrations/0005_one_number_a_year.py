from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("recognition", "0004_fill_register_year")]

    operations = [
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('unit', 'number', 'register_year'), name='decision_number_once'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('issued_at', None), models.Q(models.Q(('number', ''), _negated=True), ('signed_on__isnull', False), ('register_year__isnull', False)), _connector='OR'), name='decision_signed'),
        ),
    ]
