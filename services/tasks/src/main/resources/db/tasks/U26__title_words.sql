drop index task_title_words;
