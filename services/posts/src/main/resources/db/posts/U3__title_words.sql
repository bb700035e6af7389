drop index post_title_words;
