// Ids of the engines that are no installed language model. Values.

/** Works without a model, always. */
export const builtInEngineId = "builtin";
/** A server on this machine. */
export const serverEngineId = "server";
