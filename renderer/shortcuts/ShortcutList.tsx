// Every key there is, in words.
import { useTexts } from "../texts/i18n.ts";
import "./shortcuts.css";

const groups = [
  {
    title: "everywhere",
    keys: [
      ["overlay", ["?"]],
      ["help", ["F1"]],
      ["back", ["escape"]],
    ],
  },
  {
    title: "library",
    keys: [
      ["search", ["/"]],
      ["record", ["R"]],
      ["import", ["I"]],
      ["importFolder", ["F"]],
      ["templates", ["M"]],
      ["next", ["↓"]],
      ["previous", ["↑"]],
      ["select", ["X"]],
      ["selectMore", ["Shift ↓"]],
      ["selectAll", ["Ctrl A"]],
      ["deleteSelected", ["Delete"]],
    ],
  },
  {
    title: "meeting",
    keys: [
      ["play", ["space", "K"]],
      ["rewind", ["J"]],
      ["forward", ["L"]],
      ["littleBack", ["←"]],
      ["littleForward", ["→"]],
      ["nextPassage", ["↓"]],
      ["previousPassage", ["↑"]],
      ["nextDoubt", ["N"]],
      ["nextDoubtful", ["D"]],
      ["nextMarked", ["M"]],
      ["nextTurn", ["T"]],
      ["follow", ["F"]],
      ["panes", ["B"]],
      ["suggestions", ["O"]],
      ["correct", ["E"]],
      ["undoChange", ["Ctrl Z"]],
      ["redoChange", ["Ctrl Y"]],
    ],
  },
  {
    title: "recording",
    keys: [
      ["pauseRecording", ["P"]],
      ["markImportant", ["1"]],
      ["markAction", ["2"]],
      ["markQuote", ["3"]],
      ["offRecord", ["U"]],
    ],
  },
] as const;

export function ShortcutList() {
  const { t } = useTexts();
  return (
    <div className="shortcuts">
      {groups.map((group) => (
        <section key={group.title}>
          <h3 className="shortcuts-title">{t(`keys.groups.${group.title}`)}</h3>
          <dl className="shortcuts-list">
            {group.keys.map(([action, keys]) => (
              <div key={action} className="shortcuts-row">
                <dt>{t(`keys.${action}`)}</dt>
                <dd>
                  {keys.map((key) => (
                    <kbd key={key} className="key">
                      {key === "space" || key === "escape" ? t(`keys.names.${key}`) : key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
