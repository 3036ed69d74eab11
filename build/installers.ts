// What the installers hold and are made of, as data for electron-builder. Build time only; `package.ts` runs it.
import type { Configuration } from "electron-builder";

/** Packages of the repository's own commands, or that another way of the same package stands in for. */
const notForTheApp = [
  // Node for `npm run …`; the installed app runs in Electron's.
  "!node_modules/node-{linux,win,bin-darwin}-*/**",
  // The installed app carries an ffmpeg of its own (build/ffmpeg.json).
  "!node_modules/@ffmpeg-installer/**",
  // transformers.js runs on onnxruntime-node here, and of this one only the model's file is used.
  "!node_modules/onnxruntime-web/**",
  "!node_modules/@ricky0123/vad-web/node_modules/**",
  // Sources to build llama.cpp from; the app takes what is built, and builds nothing.
  "!node_modules/node-llama-cpp/llama/{gitRelease.bundle,addon,cmake,patches,profiles,toolchains,xpack}",
  "!node_modules/node-llama-cpp/llama/{gitRelease.bundle,addon,cmake,patches,profiles,toolchains,xpack}/**",
  "!node_modules/node-llama-cpp/templates/**",
  // Other builds of the same: for browsers, and as CommonJS.
  "!node_modules/@huggingface/transformers/dist/{ort-*,*.cjs,*.js,*.min.mjs}",
  "!node_modules/@huggingface/transformers/{src,types}/**",
  "!node_modules/docx/dist/*.{iife.js,umd.cjs,cjs}",
  "!node_modules/pdfkit/js/pdfkit.{browser,standalone,old}*",
  "!node_modules/docx/node_modules/**",
  "!node_modules/{typescript,@typescript,@types}/**",
  "!node_modules/better-sqlite3/{deps,src}/**",
  "!node_modules/**/*.{map,md,markdown,ts,mts,cts,flow,c,cc,cpp,h,hpp,gyp,gypi,tsbuildinfo}",
  "!node_modules/**/{test,tests,__tests__,example,examples,benchmark,coverage}/**",
  "!node_modules/.bin/**",
];

/** Of what comes for all systems in one package, this system's. */
const ofThisSystem = [
  "!node_modules/onnxruntime-node/bin/napi-v6/**",
  "node_modules/onnxruntime-node/bin/napi-v6/${platform}/${arch}/**",
  "!node_modules/better-sqlite3/prebuilds/**",
  "node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node",
  // On the processor, and on a Mac's own graphics. Vulkan would be 82 MB more in every installer, for cards that few
  // caseworkers' laptops have.
  "!node_modules/@node-llama-cpp/**",
  "node_modules/@node-llama-cpp/${os}-${arch}{,-metal}/**",
];

/** Programs and libraries that the system itself must open: a path inside the archive can be read, and not started. */
const outsideTheArchive = [
  "**/*.{node,so,so.*,dll,dylib,exe}",
  "node_modules/onnxruntime-node/bin/**",
  "node_modules/@node-llama-cpp/**",
  "node_modules/@img/**",
];

export const installers = {
  appId: "se.lyssna.app",
  productName: "Lyssna",
  copyright: "The Lyssna authors, EUPL-1.2",
  directories: { output: "out/installers", buildResources: "build/icons" },
  files: ["dist/**", "!dist/.stamp", "package.json", ...notForTheApp, ...ofThisSystem],
  extraResources: [
    { from: "LICENSE", to: "LICENSE.txt" },
    { from: "out/licences", to: "licences" },
  ],
  asar: true,
  asarUnpack: outsideTheArchive,
  // Chromium's own words (context menus, date fields), 40 MB of them: the two languages that the window speaks.
  electronLanguages: ["sv", "en-GB", "en-US"],
  // Every native package brings what was built for Electron's Node-API: nothing is compiled on a build machine.
  npmRebuild: false,
  nodeGypRebuild: false,
  artifactName: "${productName}-${version}-${os}-${arch}.${ext}",
  // Updates are off unless a policy turns them on; where they are, they come from a place that the policy names.
  publish: null,
  fileAssociations: [
    {
      ext: "lyssna",
      name: "Lyssna",
      description: "Mall eller samtal för Lyssna",
      mimeType: "application/x-lyssna",
      role: "Editor",
    },
  ],
  win: {
    icon: "build/icons/icon.ico",
    target: [
      { target: "nsis", arch: ["x64", "arm64"] },
      { target: "msi", arch: ["x64", "arm64"] },
    ],
  },
  // For one person, without administrator's rights.
  nsis: {
    oneClick: false,
    perMachine: false,
    allowElevation: false,
    allowToChangeInstallationDirectory: false,
    installerLanguages: ["sv_SE", "en_US"],
    // What a person has recorded is theirs: the administrator's guide tells how to take it away too.
    deleteAppDataOnUninstall: false,
  },
  // For Intune and SCCM: one computer, silent, /quiet.
  msi: { perMachine: true, oneClick: false, createDesktopShortcut: false, runAfterFinish: false },
  mac: {
    icon: "build/icons/icon.icns",
    category: "public.app-category.productivity",
    // ONNX Runtime has no build for Macs with Intel.
    target: [{ target: "dmg", arch: ["arm64"] }],
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: "build/entitlements.plist",
    entitlementsInherit: "build/entitlements.plist",
    extendInfo: {
      NSMicrophoneUsageDescription: "Lyssna spelar in det du väljer att spela in. Ljudet lämnar aldrig datorn.",
      LSMinimumSystemVersion: "13.0",
    },
  },
  linux: {
    executableName: "lyssna",
    icon: "build/icons/icon.png",
    category: "Office",
    synopsis: "Från samtal till avskrift och sammanfattning, allt på datorn",
    maintainer: "The Lyssna authors",
    target: [
      { target: "AppImage", arch: ["x64", "arm64"] },
      { target: "deb", arch: ["x64", "arm64"] },
      { target: "rpm", arch: ["x64", "arm64"] },
    ],
  },
} satisfies Configuration;
