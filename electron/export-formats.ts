// What a summary or a transcript can be exported as. Values.
export const exportFormats = ["docx", "pdf", "html", "md", "txt", "json", "csv", "ics", "vtt", "srt"] as const;
export type ExportFormat = (typeof exportFormats)[number];
