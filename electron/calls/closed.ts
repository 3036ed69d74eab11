// The calls of an app whose database could not be opened: it says so, offers the backup, and deletes nothing.
import { type AppInfo, type CallName, calls, type Handlers } from "../contract.ts";
import { fromErrorData } from "../errors.ts";

/** Every call but the two answers the error that kept the database closed. */
export function closedHandlers(info: AppInfo, restore: () => Promise<void>): Handlers {
  const refuse = async (): Promise<never> => {
    throw fromErrorData(info.storeError ?? { code: "unexpected", details: {} });
  };
  const refusing = Object.fromEntries(Object.keys(calls).map((name) => [name, refuse])) as {
    [Name in CallName]: typeof refuse;
  };
  return {
    ...refusing,
    "app.info": async () => info,
    "app.restoreBackup": async () => {
      // A folder that another instance holds, or a newer version wrote, is not ours to change.
      if (info.storeError?.code !== "store-damaged") return refuse();
      await restore();
      return null;
    },
  };
}
