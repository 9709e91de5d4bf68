// The same scene in other tabs of this browser: who has it open, and what was saved there.

const ANSWER_WITHIN = 300;

export class Siblings {
  constructor(scene, id, heard) {
    this.channel = new BroadcastChannel(`throughline:scene:${scene}`);
    this.others = new Set();
    this.channel.onmessage = ({ data }) => {
      if (data.type === "who") this.channel.postMessage({ type: "here", id });
      else if (data.type === "here") this.others.add(data.id);
      else heard(data);
    };
  }

  // The ids of the tabs that answer; a tab that is gone, or asleep, does not.
  async rollCall() {
    this.others.clear();
    this.channel.postMessage({ type: "who" });
    await new Promise((resolve) => setTimeout(resolve, ANSWER_WITHIN));
    return this.others;
  }

  tell(data) {
    this.channel.postMessage(data);
  }

  close() {
    this.channel.close();
  }
}
