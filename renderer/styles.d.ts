// Style files are imported for their effect only.
declare module "*.css";
declare module "@fontsource-variable/*";
declare module "*?worker&url" {
  const address: string;
  export default address;
}
