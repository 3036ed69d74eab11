// Which day it is. Runs in the window. Looked at again when the window comes to the front: it may stand open for days.
import { useEffect, useState } from "react";

export function useToday(): Date {
  const [today, setToday] = useState(() => new Date());
  useEffect(() => {
    const look = () =>
      setToday((before) => (before.toDateString() === new Date().toDateString() ? before : new Date()));
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, []);
  return today;
}
