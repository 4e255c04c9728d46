"""A body's vote decides from here on: where it meets, more than half must agree, and equal votes are not enough, until
the chain says otherwise."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0004_no_appeal_role'),
    ]

    operations = [
        migrations.AddField(
            model_name='meetingline',
            name='abstained',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='abstained'),
        ),
        migrations.AddField(
            model_name='meetingline',
            name='chair_is_for',
            field=models.BooleanField(blank=True, null=True, verbose_name='the chair voted for'),
        ),
        migrations.AddField(
            model_name='meetingline',
            name='result',
            field=models.CharField(blank=True, choices=[('carried', 'Agreed to'), ('lost', 'Not agreed to'), ('short', 'No decision: too few who may judge it'), ('noted', 'Noted: the vote decides nothing')], max_length=8, verbose_name='result'),
        ),
        migrations.AddField(
            model_name='reviewstep',
            name='majority_percent',
            field=models.PositiveSmallIntegerField(blank=True, default=50, help_text='Of those present who may judge the dossier, more than this share must agree: 50 is more than half. Empty: votes are noted in the minutes and decide nothing.', null=True, verbose_name='majority: more than, in percent'),
        ),
        migrations.AddField(
            model_name='reviewstep',
            name='majority_votes',
            field=models.PositiveSmallIntegerField(default=0, help_text='0: the share alone counts.', verbose_name='majority: at least so many votes'),
        ),
        migrations.AddField(
            model_name='reviewstep',
            name='quorum_percent',
            field=models.PositiveSmallIntegerField(default=0, help_text='Two thirds: 66. 0: the number alone counts.', verbose_name='quorum, in percent of those invited'),
        ),
        migrations.AddField(
            model_name='reviewstep',
            name='tie',
            field=models.CharField(choices=[('lost', 'it is not agreed to'), ('chair', "the chair's vote decides"), ('carried', 'it is agreed to')], default='lost', max_length=8, verbose_name='where votes are equal'),
        ),
        migrations.AlterField(
            model_name='review',
            name='outcome',
            field=models.CharField(choices=[('forwarded', 'Forwarded'), ('returned', 'Returned'), ('recognised', 'Recognised'), ('not_recognised', 'Not recognised'), ('not_proposed', 'Not proposed')], max_length=16),
        ),
        migrations.AddConstraint(
            model_name='reviewstep',
            constraint=models.CheckConstraint(condition=models.Q(('quorum_percent__lte', 100), models.Q(('majority_percent', None), ('majority_percent__lt', 100), _connector='OR')), name='review_step_shares'),
        ),
    ]
