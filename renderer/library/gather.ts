// Hits under their meetings. Pure.
import type { Meeting, SearchHit } from "../../electron/contract.ts";

export interface Found {
  readonly meeting: Meeting;
  /** With the marks of a hit where the words were found in it. */
  readonly title: string;
  readonly caseReference: string;
  readonly passages: readonly SearchHit[];
}

/** In the order of the hits: what a meeting is called before what was said. A meeting that is gone has none. */
export function gather(hits: readonly SearchHit[], meetings: readonly Meeting[]): readonly Found[] {
  const byId = new Map(meetings.map((meeting) => [meeting.id, meeting]));
  return [...Map.groupBy(hits, (hit) => hit.meetingId)].flatMap(([id, ofMeeting]) => {
    const meeting = byId.get(id);
    if (meeting === undefined) return [];
    return [
      {
        meeting,
        title: ofMeeting.find((hit) => hit.in === "title")?.passage ?? meeting.title,
        caseReference: ofMeeting.find((hit) => hit.in === "case")?.passage ?? meeting.caseReference,
        passages: ofMeeting.filter((hit) => hit.in !== "title" && hit.in !== "case"),
      },
    ];
  });
}
