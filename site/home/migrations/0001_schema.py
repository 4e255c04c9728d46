import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('home', '0001_initial'), ('home', '0002_bodies_with_packages'), ('home', '0003_one_searched_form')]

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('headline', models.CharField(help_text='One line: what a visitor can do here. Not the name of the site.', max_length=200, verbose_name='headline')),
                ('introduction', wagtail.fields.RichTextField(help_text='Two or three sentences under the headline, for someone who comes for the first time.', verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'home page',
                'verbose_name_plural': 'home pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PlainPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('folded_title', models.TextField(blank=True, editable=False)),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('callout', 5), ('image', 9), ('video', 14), ('file', 17), ('self_check', 24), ('package', 27)], block_lookup={0: ('training_materials.blocks.content.HeadingBlock', (), {}), 1: ('training_materials.blocks.content.TextBlock', (), {}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('note', 'Note'), ('warning', 'Warning'), ('example', 'Example'), ('law', 'Law')], 'label': 'Kind'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'label': 'Text'}), 5: ('wagtail.blocks.StructBlock', [[('kind', 2), ('title', 3), ('text', 4)]], {}), 6: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 7: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say what the image shows, as if over the telephone.', 'label': 'Description for who cannot see it', 'max_length': 400}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': 'Stands beneath the image: what to see in it, and whose it is.', 'label': 'Caption', 'max_length': 250}), 9: ('wagtail.blocks.StructBlock', [[('image', 6), ('alt', 7), ('caption', 8)]], {}), 10: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'MP4 or WebM, as small as still clear.', 'label': 'Video file'}), 11: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A WebVTT file (.vtt), for who cannot hear or has no headphones at hand.', 'label': 'Captions'}), 12: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture shown before playing', 'required': False}), 13: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link'], 'help_text': 'All that is said and shown, for who cannot play the video.', 'label': 'Transcript'}), 14: ('wagtail.blocks.StructBlock', [[('title', 3), ('video', 10), ('captions', 11), ('poster', 12), ('transcript', 13)]], {}), 15: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 200}), 16: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 17: ('wagtail.blocks.StructBlock', [[('title', 15), ('document', 16)]], {}), 18: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 500}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Answer', 'max_length': 300}), 20: ('wagtail.blocks.BooleanBlock', (), {'label': 'This one is right', 'required': False}), 21: ('wagtail.blocks.StructBlock', [[('text', 19), ('is_correct', 20)]], {}), 22: ('wagtail.blocks.ListBlock', (21,), {'label': 'Answers', 'max_num': 6, 'min_num': 2}), 23: ('wagtail.blocks.TextBlock', (), {'help_text': 'Why that answer is right, and what is wrong with the others.', 'label': 'Explanation'}), 24: ('wagtail.blocks.StructBlock', [[('question', 18), ('options', 22), ('explanation', 23)]], {}), 25: ('wagtail.blocks.CharBlock', (), {'help_text': 'What one practises here.', 'label': 'Title', 'max_length': 200}), 26: ('training_materials.blocks.choosers.PackageChooserBlock', (), {'label': 'Interactive content'}), 27: ('wagtail.blocks.StructBlock', [[('title', 25), ('package', 26)]], {})}, help_text='Build it from blocks: headings, text, images with a description, videos with captions.', verbose_name='body')),
                ('offers_self_check', models.BooleanField(default=False, help_text='Adds a form with the ten indicators below the text. What visitors enter is not stored.', verbose_name='offers the self-check')),
            ],
            options={
                'verbose_name': 'plain page',
                'verbose_name_plural': 'plain pages',
            },
            bases=('wagtailcore.page', models.Model),
        ),
    ]
