// What we use of better-sqlite3. The package's own types are out of reach behind its "exports", and full of any.
declare module "better-sqlite3" {
  namespace Database {
    interface Statement<Args extends unknown[] | object, Row> {
      run(...args: Args extends unknown[] ? Args : [Args]): { readonly changes: number };
      get(...args: Args extends unknown[] ? Args : [Args]): Row | undefined;
      all(...args: Args extends unknown[] ? Args : [Args]): Row[];
      iterate(...args: Args extends unknown[] ? Args : [Args]): IterableIterator<Row>;
    }

    type Transaction<Run extends (...args: never[]) => unknown> = Run & { readonly immediate: Run };

    interface Database {
      prepare<Args extends unknown[] | object = [] | [object] | unknown[], Row = unknown>(
        sql: string,
      ): Statement<Args, Row>;
      transaction<Run extends (...args: never[]) => unknown>(run: Run): Transaction<Run>;
      exec(sql: string): this;
      pragma(sql: string, options?: { readonly simple?: boolean }): unknown;
      /** As `PRAGMA key`, from bytes that can be zeroed. */
      key(key: Buffer): number;
      close(): this;
    }

    interface Options {
      readonly readonly?: boolean;
      readonly fileMustExist?: boolean;
      /** Milliseconds to wait for another connection's lock. */
      readonly timeout?: number;
    }
  }

  const Database: new (path: string, options?: Database.Options) => Database.Database;
  export default Database;
}
