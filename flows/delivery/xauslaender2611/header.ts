import type { Envelope, Party } from "#flows/delivery/standard.ts";
import type { Notes } from "#flows/delivery/xauslaender2611/notes.ts";
import { channels } from "#flows/delivery/xauslaender2611/channels.ts";
import { germanAddress } from "#flows/delivery/xauslaender2611/address.ts";
import type { Elements } from "#flows/delivery/xoev/content.ts";
import type { RootAttributes } from "#flows/delivery/xoev/write.ts";

/** Attributes of a message's root; `test` stands only in messages that are no real ones. */
export function rootAttributes({ product, isTest }: Envelope): RootAttributes {
  return {
    produkt: product.name,
    produkthersteller: product.maker,
    produktversion: product.version,
    ...(isTest ? { test: "Test" } : {}),
  };
}

const partyOf = (party: Party, notes: Notes): Elements => ({
  verzeichnisdienst: "DVDV",
  kennung: party.identifier,
  name: notes.plain("name", party.name),
  erreichbarkeit: channels(notes, party),
});

/** Head of a message: who writes when to whom, and of which application (`reference`) it speaks. */
export function headerOf(envelope: Envelope, type: string, reference: string, notes: Notes): Elements {
  const { messageId, createdAt, reader, author } = envelope;
  const address = author.address;
  if (!address) throw new Error("The author of messages has an address");
  return {
    "nachrichtenkopf.g2g": {
      "identifikation.nachricht": { nachrichtenUUID: messageId, nachrichtentyp: type, erstellungszeitpunkt: createdAt },
      leser: partyOf(reader, notes),
      autor: partyOf(author, notes),
    },
    "anschrift.autor": { gebaeude: germanAddress(notes, address) },
    antragsidentifikation: reference,
  };
}

/** The same with the statement whether the authority's system may write back: head of everything but packages. */
export function headerToAuthority(envelope: Envelope, type: string, reference: string, notes: Notes): Elements {
  return { ...headerOf(envelope, type, reference, notes), rueckkanalVorhanden: envelope.hasBackChannel };
}
