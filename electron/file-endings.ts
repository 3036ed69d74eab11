// The files that can be taken in, by their endings. Runs anywhere.

/** What ffmpeg reads, dictaphones' own kinds among it. */
export const soundEndings =
  "wav mp3 m4a m4b aac ogg oga opus flac wma amr aif aiff caf ac3 dss ds2 3gp mp4 m4v mov mkv webm avi wmv mpg mpeg ts".split(
    " ",
  );
