// Wagtail's calendar puts another day in place of what it cannot read, unasked, when one leaves the field. What was
// typed stays: the server reads it, or says what is wrong with it.
window.jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
