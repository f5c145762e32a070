import { type Reading, readingAt } from "./reading.ts";
import { findPhrase, wordsIn } from "./words.ts";

/** Cities and countries people say, and the regions of the three clouds there. */
const places: [string[], string[]][] = [
  [
    ["frankfurt", "germany"],
    ["eu-central-1", "germanywestcentral", "europe-west3"],
  ],
  [
    ["ireland", "dublin"],
    ["eu-west-1", "northeurope"],
  ],
  [
    ["london", "uk", "england", "united kingdom"],
    ["eu-west-2", "uksouth", "europe-west2"],
  ],
  [
    ["paris", "france"],
    ["eu-west-3", "francecentral", "europe-west9"],
  ],
  [
    ["stockholm", "sweden"],
    ["eu-north-1", "swedencentral", "europe-north2"],
  ],
  [
    ["milan", "italy"],
    ["eu-south-1", "italynorth", "europe-west8"],
  ],
  [
    ["madrid", "spain"],
    ["eu-south-2", "spaincentral", "europe-southwest1"],
  ],
  [
    ["zurich", "switzerland"],
    ["eu-central-2", "switzerlandnorth", "europe-west6"],
  ],
  [
    ["amsterdam", "netherlands", "holland"],
    ["westeurope", "europe-west4"],
  ],
  [["belgium", "brussels"], ["europe-west1"]],
  [["finland", "helsinki"], ["europe-north1"]],
  [
    ["warsaw", "poland"],
    ["polandcentral", "europe-central2"],
  ],
  [
    ["virginia", "us east", "east coast"],
    ["us-east-1", "eastus", "us-east4"],
  ],
  [["ohio"], ["us-east-2"]],
  [
    ["oregon", "us west", "west coast"],
    ["us-west-2", "westus2", "us-west1"],
  ],
  [["california"], ["us-west-1", "westus", "us-west2"]],
  [["iowa"], ["us-central1", "centralus"]],
  [
    ["canada", "montreal"],
    ["ca-central-1", "canadacentral", "northamerica-northeast1"],
  ],
  [
    ["sao paulo", "são paulo", "brazil"],
    ["sa-east-1", "brazilsouth", "southamerica-east1"],
  ],
  [
    ["tokyo", "japan"],
    ["ap-northeast-1", "japaneast", "asia-northeast1"],
  ],
  [["singapore"], ["ap-southeast-1", "southeastasia", "asia-southeast1"]],
  [
    ["sydney", "australia"],
    ["ap-southeast-2", "australiaeast", "australia-southeast1"],
  ],
  [
    ["mumbai", "india"],
    ["ap-south-1", "centralindia", "asia-south1"],
  ],
];

const regionId =
  /\b(?:(?:us|eu|ap|sa|ca|me|af|il)-(?:north|south|east|west|central|northeast|southeast|northwest|southwest)-\d|(?:us|europe|asia|australia|northamerica|southamerica|me|africa)-[a-z]+\d{1,2}|(?:east|west|north|south|central)(?:us|europe|india|asia)\d?)\b/giu;

/** Region ids that a text asks for: the ids themselves, or what its cities and countries stand for. */
export function readRegions(text: string): Reading<string[]>[] {
  const written = [...text.matchAll(regionId)].map((match) =>
    readingAt(text, [match[0].toLowerCase()], [match.index, match.index + match[0].length]),
  );
  const words = wordsIn(text);
  const named = places.flatMap(([names, ids]) => {
    const found = names.map((name) => findPhrase(words, name)).find((place) => place !== undefined);
    return found ? [readingAt(text, ids, found.span)] : [];
  });
  return [...written, ...named];
}
